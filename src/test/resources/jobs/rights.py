import json, ssl, sys, urllib.error, urllib.request
token, namespace = "/var/run/secrets/kubernetes.io/serviceaccount/", sys.argv[1]
def ask(path):
    request = urllib.request.Request("https://kubernetes.default.svc" + path, headers={"Authorization": "Bearer " + open(token + "token").read()})
    try:
        with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=token + "ca.crt"), timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
paths = {"pods": f"/api/v1/namespaces/{namespace}/pods", "secrets": f"/api/v1/namespaces/{namespace}/secrets", "elsewhere": "/api/v1/namespaces/default/pods", "nodes": "/api/v1/nodes"}
print(json.dumps({name: ask(path) for name, path in paths.items()}))

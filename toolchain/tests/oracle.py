"""Compares a plugin's schema with the official Python SDK of the same package.

The SDK's Args classes name every official input, whether it is required, its type
and its default, down through nested types; its getters name the outputs; its
resources say which of them are secret, and which replace the resource.

    oracle.py PACKAGE VERSION SCHEMA.json WHEEL
"""

import ast
import json
import sys
import zipfile

# Group and version in the type tokens, folder in the SDK, kinds.
KUBERNETES = (
    (
        "core/v1",
        "core",
        "Namespace ConfigMap Secret Service ServiceAccount PersistentVolumeClaim PersistentVolume",
    ),
    ("apps/v1", "apps", "StatefulSet"),
    ("networking.k8s.io/v1", "networking", "NetworkPolicy"),
    ("policy/v1", "policy", "PodDisruptionBudget"),
    ("rbac.authorization.k8s.io/v1", "rbac", "Role RoleBinding"),
    ("autoscaling/v2", "autoscaling", "HorizontalPodAutoscaler"),
)

RESOURCES = {
    "kubernetes": {
        f"kubernetes:{version}:{kind}": f"{folder}.{version.rpartition('/')[2]}.{kind}.{kind}"
        for version, folder, kinds in KUBERNETES
        for kind in kinds.split()
    },
    "docker": {
        "docker:index/container:Container": "container.Container",
        "docker:index/remoteImage:RemoteImage": "remote_image.RemoteImage",
        "docker:index/network:Network": "network.Network",
        "docker:index/volume:Volume": "volume.Volume",
        "docker:index/tag:Tag": "tag.Tag",
        "docker:index/registryImage:RegistryImage": "registry_image.RegistryImage",
    },
    "command": {
        "command:local:Command": "local.command.Command",
        "command:remote:Command": "remote.command.Command",
    },
}
PROVIDERS = {"docker": "provider.Provider", "command": "provider.Provider", "kubernetes": "provider.Provider"}
# The name of the class of a resource's inputs if a nested type already has the usual name.
ARGS_CLASS = {"kubernetes": "InitArgs"}

# Intended differences, as (where, kind, name). The kubernetes plugin's schema is derived from
# one release of Kubernetes; the official one merges several, so it has fields that are not in that release.
NEWER, REMOVED = "only in a later release of Kubernetes", "not in Kubernetes any more"
# The command plugin refuses inputs that this project does not use.
REFUSED = "refused by the drop-in"
ACCEPTED = {
    "command": {
        ("command:local:Command", "input", "dir"): REFUSED,
        ("command:local:Command", "input", "assetPaths"): REFUSED,
        ("command:local:Command", "input", "archivePaths"): REFUSED,
        ("command:local:Command", "output", "dir"): REFUSED,
        ("command:local:Command", "output", "assetPaths"): REFUSED,
        ("command:local:Command", "output", "archivePaths"): REFUSED,
        ("command:local:Command", "output", "assets"): REFUSED,
        ("command:local:Command", "output", "archive"): REFUSED,
        ("command:remote:Command", "input", "environment"): REFUSED,
        ("command:remote:Command", "output", "environment"): REFUSED,
        ("ConnectionArgs", "input", "password"): REFUSED,
        ("ConnectionArgs", "input", "privateKeyPassword"): REFUSED,
        ("ProxyConnectionArgs", "input", "password"): REFUSED,
        ("ProxyConnectionArgs", "input", "privateKeyPassword"): REFUSED,
    },
    "kubernetes": {
        ("PodSpecArgs", "input", "evictionResponders"): NEWER,
        ("PodSpecArgs", "input", "workloadRef"): NEWER,
        ("HTTPGetActionArgs", "input", "protocol"): NEWER,
        ("GRPCActionArgs", "input", "mode"): NEWER,
        ("VolumeMountArgs", "input", "bindMountOptions"): NEWER,
        ("ConfigMapVolumeSourceArgs", "input", "defaultUser"): NEWER,
        ("DownwardAPIVolumeSourceArgs", "input", "defaultUser"): NEWER,
        ("ProjectedVolumeSourceArgs", "input", "defaultUser"): NEWER,
        ("SecretVolumeSourceArgs", "input", "defaultUser"): NEWER,
        ("KeyToPathArgs", "input", "user"): NEWER,
        ("DownwardAPIVolumeFileArgs", "input", "user"): NEWER,
        ("ClusterTrustBundleProjectionArgs", "input", "user"): NEWER,
        ("PodCertificateProjectionArgs", "input", "user"): NEWER,
        ("ServiceAccountTokenProjectionArgs", "input", "user"): NEWER,
        ("EmptyDirVolumeSourceArgs", "input", "mode"): NEWER,
        ("PersistentVolumeClaimStatusArgs", "input", "healthStatus"): NEWER,
        ("ObjectMetaArgs", "input", "clusterName"): REMOVED,
        ("ServiceSpecArgs", "input", "ipFamily"): REMOVED,
        ("ServiceSpecArgs", "input", "topologyKeys"): REMOVED,
        ("PodResourceClaimArgs", "input", "source"): REMOVED,
        ("EphemeralVolumeSourceArgs", "input", "readOnly"): REMOVED,
        ("PersistentVolumeClaimStatusArgs", "input", "resizeStatus"): REMOVED,
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "output", "status"): REMOVED,
    },
}

SCALARS = {"str": "string", "bool": "boolean", "int": "integer", "float": "number", "Any": "any"}
SCHEMA_REFERENCES = {
    "pulumi.json#/Any": "any",
    "pulumi.json#/Archive": "archive",
    "pulumi.json#/Asset": "asset or archive",
}


class Sdk:
    """The modules of a Python SDK, which are parsed and never run."""

    def __init__(self, package, wheel):
        self.package = package
        self.files = zipfile.ZipFile(wheel)
        self.modules = {}

    def module(self, name):
        if name not in self.modules:
            path = f"pulumi_{self.package}/{name.replace('.', '/')}.py"
            tree = ast.parse(self.files.read(path))
            self.modules[name] = {
                node.name: node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))
            }
        return self.modules[name]

    def node(self, dotted):
        module, _, name = dotted.rpartition(".")
        return self.module(module)[name]

    def version(self):
        return json.loads(self.files.read(f"pulumi_{self.package}/pulumi-plugin.json"))["version"]


def wire_names(node):
    """Python name -> Pulumi name, from a class's getters."""
    names = {}
    for member in node.body:
        if not isinstance(member, ast.FunctionDef):
            continue
        for decorator in member.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if ast.unparse(call.func if call else decorator) == "pulumi.getter":
                named = [keyword.value.value for keyword in call.keywords] if call else []
                names[member.name] = named[0] if named else member.name
    return names


def unwrapped(node):
    """A type annotation without Input, Optional and the dictionary form of an Args class."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return unwrapped(ast.parse(node.value, mode="eval").body)
    if isinstance(node, ast.Subscript):
        outer = ast.unparse(node.value).split(".")[-1]
        if outer in ("Input", "Optional"):
            return unwrapped(node.slice)
        if outer == "Union":
            choices = [choice for choice in node.slice.elts if not ast.unparse(choice).strip("'").endswith("ArgsDict")]
            return unwrapped(choices[0]) if len(choices) == 1 else node
    return node


def python_type(node):
    node = unwrapped(node)
    if isinstance(node, ast.Subscript):
        outer = ast.unparse(node.value).split(".")[-1]
        if outer == "Sequence":
            return f"list of {python_type(node.slice)}"
        if outer == "Literal":
            return SCALARS[type(node.slice.value).__name__]
        if outer == "Mapping":
            return f"map of {python_type(node.slice.elts[1])}"
        if outer == "Union":
            return " or ".join(sorted(python_type(choice) for choice in node.slice.elts)).replace(
                "archive or asset", "asset or archive"
            )
    name = ast.unparse(node).split(".")[-1]
    return SCALARS.get(name) or {"Asset": "asset", "Archive": "archive"}.get(name, name)


def class_inputs(sdk, dotted):
    node = sdk.node(dotted)
    names = wire_names(node)
    init = next(m for m in node.body if isinstance(m, ast.FunctionDef) and m.name == "__init__")
    return {
        names[argument.arg]: (default is None, python_type(argument.annotation))
        for argument, default in zip(init.args.kwonlyargs, init.args.kw_defaults)
    }


def marks(sdk, dotted):
    """What a resource's class says of its properties beside their types: which are secret in the state, and which replace it when they change."""
    found = {"additional_secret_outputs": set(), "replace_on_changes": set()}
    for call in ast.walk(sdk.node(dotted)):
        if isinstance(call, ast.Call):
            for keyword in call.keywords:
                if keyword.arg in found and isinstance(keyword.value, ast.List):
                    # A replacement on an element of a list counts for the whole list.
                    found[keyword.arg].update(element.value.partition("[")[0] for element in keyword.value.elts)
    return found["additional_secret_outputs"], found["replace_on_changes"]


def class_defaults(sdk, dotted):
    """The defaults that a class gives its inputs: Pulumi name -> value. Defaults from the environment are left out."""
    node = sdk.node(dotted)
    names = wire_names(node)
    init = next(m for m in node.body if isinstance(m, ast.FunctionDef) and m.name == "__init__")
    return {
        names[statement.body[0].targets[0].id]: statement.body[0].value.value
        for statement in init.body
        if isinstance(statement, ast.If)
        and isinstance(statement.body[0], ast.Assign)
        and isinstance(statement.body[0].targets[0], ast.Name)
        and isinstance(statement.body[0].value, ast.Constant)
    }


class Schema:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = json.load(file)

    def type_name(self, spec):
        reference = spec.get("$ref")
        if reference:
            for known, name in SCHEMA_REFERENCES.items():
                if reference.endswith(known):
                    return name
            token = reference.removeprefix("#/types/")
            name = token.rpartition(":")[2]
            return name if "enum" in self.document["types"][token] else f"{name}Args"
        if "oneOf" in spec:
            return " or ".join(sorted(self.type_name(choice) for choice in spec["oneOf"]))
        if spec["type"] == "array":
            return f"list of {self.type_name(spec['items'])}"
        if spec["type"] == "object":
            return f"map of {self.type_name(spec.get('additionalProperties', {'type': 'string'}))}"
        return spec["type"]

    def inputs(self, properties, required):
        return {name: (name in required, self.type_name(spec)) for name, spec in properties.items()}

    @staticmethod
    def marked(spec):
        secret = {name for name, of in spec.get("properties", {}).items() if of.get("secret")}
        replaces = {name for name, of in spec.get("inputProperties", {}).items() if of.get("replaceOnChanges")}
        return secret, replaces

    @staticmethod
    def defaults(properties):
        return {name: spec["default"] for name, spec in properties.items() if "default" in spec}

    def nested(self, properties):
        """The object types that properties refer to: token -> the type's own specification."""
        found = {}
        for spec in properties.values():
            while "items" in spec or "additionalProperties" in spec:
                spec = spec.get("items") or spec["additionalProperties"]
            token = spec.get("$ref", "").removeprefix("#/types/")
            if token in self.document.get("types", {}) and "enum" not in self.document["types"][token]:
                found[token] = self.document["types"][token]
        return found


class Comparison:
    def __init__(self, accepted):
        self.differences = []
        self.accepted = accepted
        self.met = set()

    def names(self, where, kind, official, ours):
        for name in sorted(official - ours):
            if (where, kind, name) in self.accepted:
                self.met.add((where, kind, name))
            else:
                self.differences.append(f"{where}: {kind} {name} is missing")
        for name in sorted(ours - official):
            self.differences.append(f"{where}: {kind} {name} is not official")

    def inputs(self, where, official, ours):
        self.names(where, "input", set(official), set(ours))
        for name in sorted(set(official) & set(ours)):
            for index, what in ((0, "required"), (1, "type")):
                if official[name][index] != ours[name][index]:
                    self.differences.append(
                        f"{where}: input {name}: {what} is {ours[name][index]}, officially {official[name][index]}"
                    )


    def marks(self, where, official, ours):
        for what, wanted, found in zip(("secret", "replacing"), official, ours):
            self.names(where, what, wanted, found)

    def defaults(self, where, official, ours):
        for name in sorted(set(official) | set(ours)):
            if official.get(name) != ours.get(name):
                self.differences.append(f"{where}: input {name}: the default is {ours.get(name)}, officially {official.get(name)}")


def inputs_module(token, module):
    """Where a nested type's class is: beside the resource, unless the token says which API version it is of."""
    package, version, _ = token.split(":")
    if package != "kubernetes" or "/" not in version:
        return module
    group, _, number = version.partition("/")
    return f"{group.partition('.')[0]}.{number}._inputs"


def compare_nested(comparison, sdk, schema, module, properties, seen):
    """Returns how many inputs the nested types have in all."""
    count = 0
    for token, spec in schema.nested(properties).items():
        if token in seen:
            continue
        seen.add(token)
        own, name = spec.get("properties", {}), f"{token.rpartition(':')[2]}Args"
        official = class_inputs(sdk, f"{inputs_module(token, module)}.{name}")
        comparison.inputs(name, official, schema.inputs(own, spec.get("required", [])))
        comparison.defaults(name, class_defaults(sdk, f"{inputs_module(token, module)}.{name}"), schema.defaults(own))
        count += len(official) + compare_nested(comparison, sdk, schema, module, own, seen)
    return count


def compare_resource(comparison, sdk, schema, label, spec, dotted, seen):
    folder = "".join(f"{part}." for part in dotted.split(".")[:-2])
    official = class_inputs(sdk, dotted + ARGS_CLASS.get(sdk.package, "Args"))
    properties = spec.get("inputProperties", {})
    comparison.inputs(label, official, schema.inputs(properties, spec.get("requiredInputs", [])))
    outputs = set(wire_names(sdk.node(dotted)).values())
    comparison.names(label, "output", outputs, set(spec.get("properties", {})))
    comparison.marks(label, marks(sdk, dotted), schema.marked(spec))
    comparison.defaults(label, class_defaults(sdk, dotted + ARGS_CLASS.get(sdk.package, "Args")), schema.defaults(properties))
    nested = compare_nested(comparison, sdk, schema, f"{folder}_inputs", properties, seen)
    print(f"oracle: {label}: {len(official)} inputs, {nested} nested inputs, {len(outputs)} outputs")


def main(package, version, schema_path, wheel):
    sdk, schema, seen = Sdk(package, wheel), Schema(schema_path), set()
    comparison = Comparison(ACCEPTED.get(package, {}))
    for what, actual in (("the SDK", sdk.version()), ("the plugin", schema.document.get("version"))):
        if actual != version:
            comparison.differences.append(f"{package}: {what} is version {actual}, expected {version}")
    for token, dotted in RESOURCES[package].items():
        spec = schema.document["resources"].get(token)
        if spec is None:
            comparison.differences.append(f"{token}: the resource is missing")
        else:
            compare_resource(comparison, sdk, schema, token, spec, dotted, seen)
    for token in sorted(set(schema.document["resources"]) - set(RESOURCES[package])):
        if package == "kubernetes":
            comparison.differences.append(f"{token}: the resource is not compared")
    provider = schema.document.get("provider", {})
    comparison.inputs(
        f"{package} provider",
        class_inputs(sdk, f"{PROVIDERS[package]}Args"),
        schema.inputs(provider.get("inputProperties", {}), provider.get("requiredInputs", [])),
    )
    compare_nested(comparison, sdk, schema, "_inputs", provider.get("inputProperties", {}), seen)
    for where, kind, name in sorted(set(comparison.accepted) - comparison.met):
        comparison.differences.append(f"{where}: {kind} {name} is accepted as missing, but is not; take it off the list")
    for difference in comparison.differences:
        print(f"oracle: DIFFERENCE {difference}")
    accepted = f", {len(comparison.met)} accepted" if comparison.met else ""
    print(f"oracle: {package} {version}: {len(comparison.differences)} differences{accepted}")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

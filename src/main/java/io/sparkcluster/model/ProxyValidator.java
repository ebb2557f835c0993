package io.sparkcluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for a proxy of nodes. */
final class ProxyValidator {

    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?/?");
    private static final Pattern HOSTS = Pattern.compile("[A-Za-z0-9.*:_/-]+(,[A-Za-z0-9.*:_/-]+)*");
    private static final Pattern LOOPBACK = Pattern.compile("https?://(localhost|127\\.[0-9.]+)(:.*)?");

    private ProxyValidator() {}

    static List<Problem> validate(ProxySpec proxy) {
        var problems = new ArrayList<Problem>();
        proxy.http().ifPresent(address -> address("proxy.http", address, problems));
        proxy.https().ifPresent(address -> address("proxy.https", address, problems));
        proxy.direct().ifPresent(hosts -> {
            if (!HOSTS.matcher(hosts).matches()) {
                problems.add(new Problem(
                        "proxy.direct",
                        '"' + hosts + '"',
                        "it must be hosts, domains and networks, separated by commas without blanks",
                        "Write it as .example.org,10.0.0.0/8"));
            } else if (!proxy.isSet()) {
                problems.add(new Problem(
                        "proxy.direct",
                        '"' + hosts + '"',
                        "it says what goes past a proxy, and there is none",
                        "Set proxy.http or proxy.https, or remove it"));
            }
        });
        return problems;
    }

    private static void address(String field, String address, List<Problem> problems) {
        if (address.contains("@")) {
            // Everybody who may inspect a node's processes could read the login.
            problems.add(
                    new Problem(
                            field,
                            "an address with a login",
                            "every node would show it in its environment",
                            "Name a proxy that lets the cluster's machines through without one, or run one that knows the login beside the cluster"));
        } else if (!ADDRESS.matcher(address).matches()) {
            problems.add(new Problem(
                    field,
                    '"' + address + '"',
                    "it must be the address of a proxy",
                    "Write it as http://proxy.example.org:3128"));
        } else if (LOOPBACK.matcher(address).matches()) {
            problems.add(new Problem(
                    field,
                    '"' + address + '"',
                    "on a node that is the node itself, where no proxy listens",
                    "Name an address of the proxy that the cluster's network reaches"));
        }
    }
}

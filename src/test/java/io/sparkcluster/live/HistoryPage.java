package io.sparkcluster.live;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the history server says, asked from a node of the cluster, where its page is reached on every platform.
 *
 * @param shell a node
 * @param host the history server's name
 */
record HistoryPage(EdgeShell shell, String host) {

    private static final String GET =
            "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())";

    private String get(String path) {
        return shell.run("python3", "-c", GET, "http://" + host + ":18080/api/v1" + path)
                .orFail()
                .text();
    }

    /** The names of applications that ended, by their identifiers. */
    Map<String, String> ended() {
        var ended = new TreeMap<String, String>();
        for (JsonElement application :
                JsonParser.parseString(get("/applications?status=completed")).getAsJsonArray()) {
            ended.put(
                    application.getAsJsonObject().get("id").getAsString(),
                    application.getAsJsonObject().get("name").getAsString());
        }
        return ended;
    }

    /** How many jobs an application ran. */
    int jobs(String application) {
        return JsonParser.parseString(get("/applications/" + application + "/jobs"))
                .getAsJsonArray()
                .size();
    }
}

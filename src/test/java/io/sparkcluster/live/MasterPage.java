package io.sparkcluster.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * What the master says on its page, and applications through it.
 *
 * @param port where the page is published on this machine
 */
record MasterPage(int port) {

    /** The state of the cluster; empty when the master does not answer. */
    JsonObject json() {
        try {
            return JsonParser.parseString(
                            get("http://127.0.0.1:" + port + "/json/").body())
                    .getAsJsonObject();
        } catch (IOException e) {
            return new JsonObject();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    long alive() {
        return json().has("aliveworkers") ? json().get("aliveworkers").getAsLong() : -1;
    }

    int runningCores() {
        return json().has("coresused") ? json().get("coresused").getAsInt() : -1;
    }

    /** Asks the running application itself, through the master's reverse proxy. */
    boolean runsStage(int stage) {
        JsonArray applications = json().getAsJsonArray("activeapps");
        if (applications == null || applications.isEmpty()) {
            return false;
        }
        String id = applications.get(0).getAsJsonObject().get("id").getAsString();
        try {
            String active = get("http://127.0.0.1:" + port + "/proxy/" + id + "/api/v1/applications/" + id
                            + "/stages?status=active")
                    .body();
            return active.contains("\"stageId\" : " + stage + ",");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

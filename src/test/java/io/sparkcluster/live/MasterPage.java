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
 * @param host where it is published
 * @param port its port there
 */
record MasterPage(String host, int port) {

    /** One that is published on this machine. */
    MasterPage(int port) {
        this("127.0.0.1", port);
    }

    /** The state of the cluster; empty when the master does not answer. */
    JsonObject json() {
        try {
            return JsonParser.parseString(get(address() + "/json/").body()).getAsJsonObject();
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

    /** Whether it is at work, and does not look for the workers that it knew. */
    boolean leads() {
        return json().has("status") && json().get("status").getAsString().equals("ALIVE");
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
            String active = get(address() + "/proxy/" + id + "/api/v1/applications/" + id + "/stages?status=active")
                    .body();
            return active.contains("\"stageId\" : " + stage + ",");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The identifier of the application that runs; fails unless exactly one does. */
    String application() {
        JsonArray applications = json().getAsJsonArray("activeapps");
        if (applications == null || applications.size() != 1) {
            throw new AssertionError("not one application runs: " + applications);
        }
        return applications.get(0).getAsJsonObject().get("id").getAsString();
    }

    /** What an address behind the master's page answers. */
    String text(String path) throws IOException, InterruptedException {
        var response = get(address() + path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answers " + response.statusCode());
        }
        return response.body();
    }

    /** What the running application says of itself, by a path of its API behind its identifier. */
    String api(String path) throws IOException, InterruptedException {
        String id = application();
        return text("/proxy/" + id + "/api/v1/applications/" + id + path);
    }

    /** Sends what a form on a page of another site would send; returns the status. */
    int postFromAnotherSite(String path, String form) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Origin", "http://another.example")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** Asks for what an image on a page of another site would ask for; returns the status. */
    int getFromAnotherSite(String path) throws IOException, InterruptedException {
        return get(address() + path, "Origin", "http://another.example", "Referer", "http://another.example/page")
                .statusCode();
    }

    private String address() {
        return "http://" + host + ":" + port;
    }

    /** The status that an address answers with; -1 where nothing answers. */
    static int status(String address) {
        try {
            return get(address).statusCode();
        } catch (IOException e) {
            return -1;
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

package dev.peal.client;

import dev.peal.client.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The vectors of the module spec that clients of every language share. */
public final class Vectors {
    private Vectors() {}

    /** The cases of {@code client-NAME.json}. */
    public static List<JsonNode> of(String name) {
        return file("client-" + name);
    }

    /** The cases of {@code NAME.json}. */
    public static List<JsonNode> file(String name) {
        List<JsonNode> cases = new ArrayList<>();
        whole(name).path("cases").forEach(cases::add);
        return cases;
    }

    /** All of {@code NAME.json}. */
    public static JsonNode whole(String name) {
        String path = "/dev/peal/spec/vectors/" + name + ".json";
        try (InputStream in = Vectors.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("no " + path);
            }
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as vectors write it: a string, or parts with how often each is repeated. */
    public static String text(JsonNode text) {
        if (text.isString()) {
            return text.stringValue();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode part : text) {
            all.append(part.path(0).stringValue().repeat(part.path(1).asInt()));
        }
        return all.toString();
    }
}

package dev.peal.ot;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The npm package quill-delta in a process of its own. A line goes in whole before one comes out, so that neither waits for the other. */
final class Oracle implements AutoCloseable {
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    Oracle() {
        try {
            process = new ProcessBuilder("node", "oracle.js")
                    .directory(Path.of("src/test/js").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Node has to be there to run these tests", e);
        }
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), 1 << 16);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    }

    /** The answer to each of {@code calls}. */
    JsonNode answers(ArrayNode calls) {
        try {
            in.write(JsonDeltas.MAPPER.writeValueAsString(calls));
            in.newLine();
            in.flush();
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the oracle died");
            }
            return JsonDeltas.MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether quill-delta's {@code change} cuts a surrogate pair, of {@code document} or in what it inserts. */
    static boolean cutsPair(JsonNode document, JsonNode change) {
        StringBuilder text = new StringBuilder();
        document.get("ops").forEach(op -> text.append(op.get("insert").asString("\uFFFC")));
        int at = 0;
        for (JsonNode op : change.get("ops")) {
            if (op.has("insert")) {
                if (!Text.isWellFormed(op.get("insert").asString(""))) {
                    return true;
                }
                continue;
            }
            at += op.path("retain").asInt(0) + op.path("delete").asInt(0);
            if (at < text.length() && Character.isLowSurrogate(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
        process.destroy();
    }
}

package dev.peal.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a server in a file of its data folder, {@value #NAME}: {@code {"keys":[{"id","name","scopes","createdAt","hash"}]}}. Every method blocks on I/O and
 * may be called by several processes at once: a change is made under a file lock, and the whole file is replaced, so that a reader sees the old one or the new.
 *
 * @param path the file; it need not exist
 */
public record ApiKeyFile(Path path) {
    /** The file's name. */
    public static final String NAME = "api-keys.json";

    /** The most keys of one server. */
    public static final int KEYS_MAX = 1_000;

    /** A file lock is a process's; its threads take turns here. */
    private static final Object TURN = new Object();

    private static final int BYTES_MAX = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What tells one content of the file from another without reading it: each replacement is another file. */
    record Stamp(FileTime modified, long bytes, @Nullable Object file) {
        static final Stamp NONE = new Stamp(FileTime.fromMillis(0), 0, null);
    }

    /** The file of a data folder. */
    public static ApiKeyFile in(Path dataFolder) {
        return new ApiKeyFile(dataFolder.resolve(NAME));
    }

    /**
     * The keys; none where there is no file.
     *
     * @throws IOException where it cannot be read or is no such file; the message names the file and never its content
     */
    public List<ApiKey> read() throws IOException {
        byte[] bytes;
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new IOException(path + " is too long to hold API keys");
            }
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        try {
            return keys(JSON.readTree(bytes));
        } catch (JacksonException | IllegalArgumentException notKeys) {
            throw new IOException(path + " holds no API keys: not the file that peal api-key writes");
        }
    }

    /**
     * Replaces the keys by what becomes of them.
     *
     * @throws IOException where that cannot be done; then the file is as it was
     * @throws IllegalArgumentException for more than {@link #KEYS_MAX}
     */
    public void change(UnaryOperator<List<ApiKey>> change) throws IOException {
        synchronized (TURN) {
            changeAlone(change);
        }
    }

    private void changeAlone(UnaryOperator<List<ApiKey>> change) throws IOException {
        Path lock = path.resolveSibling(NAME + ".lock");
        try (FileChannel channel =
                        FileChannel.open(lock, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                var held = channel.lock()) {
            assert held.isValid();
            List<ApiKey> keys = change.apply(read());
            if (keys.size() > KEYS_MAX) {
                throw new IllegalArgumentException("at most " + KEYS_MAX + " API keys");
            }
            write(keys);
        }
    }

    Stamp stamp() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
        } catch (NoSuchFileException e) {
            return Stamp.NONE;
        }
    }

    private void write(List<ApiKey> keys) throws IOException {
        Path draft = path.resolveSibling(NAME + "." + UUID.randomUUID() + ".tmp");
        try {
            var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(draft, options, OwnerOnly.attributes(draft))) {
                channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(tree(keys))));
                channel.force(true);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static ObjectNode tree(List<ApiKey> keys) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("keys");
        for (ApiKey key : keys) {
            ObjectNode node = list.addObject();
            node.put("id", key.id()).put("name", key.name()).put("createdAt", key.createdMillis());
            node.put("hash", key.hash());
            ArrayNode scopes = node.putArray("scopes");
            key.scopes().stream().map(ApiScope::label).sorted().forEach(scopes::add);
        }
        return root;
    }

    private static List<ApiKey> keys(JsonNode root) {
        JsonNode list = root.path("keys");
        if (!list.isArray() || list.size() > KEYS_MAX) {
            throw new IllegalArgumentException("keys: an array");
        }
        List<ApiKey> keys = new ArrayList<>();
        for (JsonNode node : list) {
            keys.add(new ApiKey(
                    node.path("id").asString(),
                    node.path("name").asString(),
                    scopes(node.path("scopes")),
                    node.path("createdAt").asLong(),
                    node.path("hash").asString()));
        }
        if (keys.stream().map(ApiKey::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two keys with one id");
        }
        return keys;
    }

    private static Set<ApiScope> scopes(JsonNode labels) {
        return labels.valueStream()
                .map(label -> ApiScope.named(label.asString())
                        .orElseThrow(() -> new IllegalArgumentException("a scope of a newer version")))
                .collect(Collectors.toUnmodifiableSet());
    }
}

package dev.peal.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one text frame: exactly one JSON object, strictly RFC 8259, its names unique (RFC 7493, section 2.3), within named limits.
 *
 * <p>One per event loop: it keeps state while it reads, and belongs to the thread that reads first. It never throws for its input.
 * Fields of the frame that it does not know are read and dropped. The bytes are taken to be valid UTF-8: the WebSocket codec has
 * checked them.
 */
public final class EnvelopeReader {
    /** Objects and arrays in one another, the frame itself included. */
    public static final int NESTING_MAX = 64;

    public static final int NUMBER_LENGTH_MAX = 100;
    public static final int NAME_LENGTH_MAX = 1_024;
    public static final int STRING_LENGTH_MAX = 1 << 20;
    /** Brackets, names and values of a frame, so that a megabyte of {@code {},{},…} does not become thirty of objects. */
    public static final int TOKENS_MAX = 100_000;

    /** Fields of one object, so that no hash table is worth attacking. */
    public static final int FIELDS_MAX = 1_000;

    /** A factory of its own: event loops share neither its table of names nor its one recycled buffer. */
    private final JsonFactory factory = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(1))
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxTokenCount(TOKENS_MAX)
                    .build())
            .enable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private static final int TYPE = 1;
    private static final int ID = 2;
    private static final int MESSAGE_ID = 4;
    private static final int DATA = 8;

    private @Nullable Thread owner;
    private int seen;
    private boolean valid;
    private @Nullable String type;
    private @Nullable RequestId id;
    private @Nullable String messageId;
    private @Nullable ObjectNode data;
    private @Nullable ObjectNode unknown;

    /** Reads {@code length} bytes of {@code buffer} from {@code from}. */
    public Parsed read(byte[] buffer, int from, int length) {
        assert ownedByCaller() : "one reader, one thread";
        reset();
        int end = from + length;
        int start = skipSpace(buffer, from, end);
        // A NUL here would make the parser guess UTF-16 or UTF-32.
        if (end - start < 2 || buffer[start] != '{' || buffer[start + 1] == 0) {
            return Parsed.Malformed.INSTANCE;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), buffer, start, end - start)) {
            return readFrame(parser);
        } catch (JacksonException | MalformedException malformed) {
            return Parsed.Malformed.INSTANCE;
        } finally {
            forget();
        }
    }

    /** The same of a frame whose fields stand side by side, as on {@code /stream}. */
    public FlatParsed readFlat(byte[] buffer, int from, int length) {
        assert ownedByCaller() : "one reader, one thread";
        int end = from + length;
        int start = skipSpace(buffer, from, end);
        if (end - start < 2 || buffer[start] != '{' || buffer[start + 1] == 0) {
            return FlatParsed.Malformed.INSTANCE;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), buffer, start, end - start)) {
            parser.nextToken();
            JsonNode tree = JsonTree.read(parser);
            return tree instanceof ObjectNode message && parser.nextToken() == null
                    ? FlatParsed.of(message)
                    : FlatParsed.Malformed.INSTANCE;
        } catch (JacksonException | MalformedException malformed) {
            return FlatParsed.Malformed.INSTANCE;
        }
    }

    private boolean ownedByCaller() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        return owner == Thread.currentThread();
    }

    private static int skipSpace(byte[] buffer, int from, int end) {
        int i = from;
        while (i < end && (buffer[i] == ' ' || buffer[i] == '\n' || buffer[i] == '\r' || buffer[i] == '\t')) {
            i++;
        }
        return i;
    }

    private void reset() {
        seen = 0;
        valid = true;
    }

    /** Lets go of the message, so that an idle reader holds none. */
    private void forget() {
        type = null;
        id = null;
        messageId = null;
        data = null;
        unknown = null;
    }

    private Parsed readFrame(JsonParser parser) throws MalformedException {
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            readField(parser, name);
        }
        if (parser.nextToken() != null) {
            throw MalformedException.INSTANCE;
        }
        if (!valid || type == null) {
            return new Parsed.Invalid(id);
        }
        return new Parsed.Envelope(type, id, messageId, data == null ? JsonNodeFactory.instance.objectNode() : data);
    }

    private void readField(JsonParser parser, String name) throws MalformedException {
        JsonToken token = parser.nextToken();
        switch (name) {
            case "type" -> {
                once(TYPE);
                type = readText(parser, token, Parsed.Envelope.TYPE_LENGTH_MAX);
            }
            case "id" -> {
                once(ID);
                id = readId(parser, token);
            }
            case "messageId" -> {
                once(MESSAGE_ID);
                messageId = readText(parser, token, Parsed.Envelope.MESSAGE_ID_LENGTH_MAX);
            }
            case "data" -> {
                once(DATA);
                data = readData(parser);
            }
            default -> readUnknown(parser, name);
        }
    }

    private void once(int field) throws MalformedException {
        if ((seen & field) != 0) {
            throw MalformedException.INSTANCE;
        }
        seen |= field;
    }

    private @Nullable String readText(JsonParser parser, JsonToken token, int lengthMax) throws MalformedException {
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getString();
            if (Text.lengthWithin(text, 1, lengthMax)) {
                return text;
            }
        } else {
            JsonTree.read(parser);
        }
        valid = false;
        return null;
    }

    private @Nullable RequestId readId(JsonParser parser, JsonToken token) throws MalformedException {
        Optional<RequestId> read =
                token == JsonToken.VALUE_STRING ? RequestId.of(parser.getString()) : integerId(JsonTree.read(parser));
        valid &= read.isPresent();
        return read.orElse(null);
    }

    /** An id that was read already; empty for what is none. */
    static Optional<RequestId> id(JsonNode node) {
        return node.isString() ? RequestId.of(node.stringValue()) : integerId(node);
    }

    private static Optional<RequestId> integerId(JsonNode node) {
        return Numbers.isInteger(node, -Position.OFFSET_MAX, Position.OFFSET_MAX)
                ? RequestId.of(node.asLong())
                : Optional.empty();
    }

    private @Nullable ObjectNode readData(JsonParser parser) throws MalformedException {
        if (JsonTree.read(parser) instanceof ObjectNode object) {
            return object;
        }
        valid = false;
        return null;
    }

    private void readUnknown(JsonParser parser, String name) throws MalformedException {
        if (unknown == null) {
            unknown = JsonNodeFactory.instance.objectNode();
        }
        JsonTree.put(unknown, name, JsonTree.read(parser));
    }
}

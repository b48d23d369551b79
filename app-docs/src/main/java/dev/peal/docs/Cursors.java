package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.Outcome;
import dev.peal.ot.Selection;
import dev.peal.protocol.DocumentMessage.CursorPosition;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.JsonWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where people's cursors are: sent on to the others, moved to where they are by now, never stored. */
final class Cursors {
    /** The most bytes of a position of a client's own making. */
    static final int POSITION_BYTES_MAX = 1_024;

    private Cursors() {}

    /** As of the document's newest stored operation. */
    static Outcome cursor(Caller caller, OpenDocument open, CursorPosition message, long timeMillis) {
        DocumentRoom document = (DocumentRoom) open;
        long revision = document.revision();
        Long made = message.revision();
        if (made != null && made > revision) {
            return Outcome.refuse(ErrorCode.REVISION_UNKNOWN);
        }
        JsonWriter out = new JsonWriter(256)
                .object()
                .field("documentId", document.id())
                .field("userId", caller.userIdOr(message.userId()))
                .field("userName", caller.userName());
        if (message.clientId() != null) {
            out.field("clientId", message.clientId());
        }
        JsonNode position = message.position();
        Optional<Selection> selection = selection(position);
        if (selection.isPresent()) {
            Optional<Selection> now = document.recent()
                    .moved(
                            selection.get(),
                            made == null ? revision : made,
                            caller.who().key())
                    .map(at -> within(at, document.text().marked().length()));
            if (now.isEmpty()) {
                return new Outcome.Acknowledge(0); // from so long ago that nobody can say where it is
            }
            write(out, position, now.get());
        } else if (position.isNull()) {
            out.nullField("position");
        } else if (position.isObject() && position.toString().length() <= POSITION_BYTES_MAX) {
            out.field("position", position);
        } else {
            return Outcome.refuse(ErrorCode.INVALID_MESSAGE);
        }
        byte[] data = out.field("revision", revision).end().bytes();
        return Outcome.signalOthers("cursor_position", data);
    }

    /** An index, or an object with an index and perhaps a length; empty for anything else. */
    private static Optional<Selection> selection(JsonNode position) {
        if (position.isNumber()) {
            return Optional.of(Selection.caret(position.asInt()));
        }
        int index = count(position.path("index"));
        int length = position.has("length") ? count(position.path("length")) : 0;
        boolean range = index >= 0 && length >= 0 && index <= Integer.MAX_VALUE - length;
        return range ? Optional.of(new Selection(index, length)) : Optional.empty();
    }

    /** -1 for what is no count. */
    private static int count(JsonNode node) {
        return node.isInt() && node.intValue() >= 0 ? node.intValue() : -1;
    }

    private static Selection within(Selection at, int length) {
        int index = Math.min(at.index(), length);
        return new Selection(index, Math.min(at.length(), length - index));
    }

    private static void write(JsonWriter out, JsonNode as, Selection at) {
        if (as.isNumber()) {
            out.field("position", at.index());
        } else {
            out.object("position")
                    .field("index", at.index())
                    .field("length", at.length())
                    .end();
        }
    }
}

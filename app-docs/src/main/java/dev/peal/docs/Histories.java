package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.log.Entry;
import dev.peal.log.HistoryPage;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.ot.Op;
import dev.peal.protocol.DocumentMessage.Authorship;
import dev.peal.protocol.DocumentMessage.DocumentAt;
import dev.peal.protocol.DocumentMessage.HistoryOf;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a document was, who made it what it is, and when. */
final class Histories {
    private static final int BYTES_MAX = 4 << 20;

    private final Supplier<DocsServices> services;

    /** @param services once the server has started */
    Histories(Supplier<DocsServices> services) {
        this.services = services;
    }

    List<MessageType<?>> messages() {
        return List.of(
                DocumentMessages.of("document_at", Role.READER, DocumentAt::read, DocumentAt::documentId, this::at),
                DocumentMessages.of("authorship", Role.READER, Authorship::read, Authorship::documentId, this::authors),
                DocumentMessages.of("history_of", Role.READER, HistoryOf::read, HistoryOf::documentId, this::changes));
    }

    private Outcome at(Caller caller, OpenDocument open, DocumentAt message, long timeMillis) {
        DocumentRoom document = (DocumentRoom) open;
        if (message.revision() > document.revision()) {
            return Outcome.refuse(ErrorCode.REVISION_UNKNOWN);
        }
        return new Outcome.Later(
                false,
                done -> document.textAt(
                        message.revision(),
                        found -> done.accept(
                                switch (found) {
                                    case Past.Found.There there ->
                                        new Outcome.Reply("document_at", content(document.id(), there.text()));
                                    case Past.Found.Pruned pruned -> Outcome.refuse(ErrorCode.REVISION_PRUNED);
                                    case Past.Found.Failed failed -> Outcome.refuse(ErrorCode.UNAVAILABLE);
                                })));
    }

    private static byte[] content(String documentId, Text text) {
        byte[] content = text.json();
        return new JsonWriter(content.length + 256)
                .object()
                .field("documentId", documentId)
                .field("revision", text.revision())
                .raw("content", content)
                .end()
                .bytes();
    }

    private Outcome authors(Caller caller, OpenDocument open, Authorship message, long timeMillis) {
        DocumentRoom document = (DocumentRoom) open;
        List<Author> authors = document.authors().all();
        JsonWriter out = new JsonWriter()
                .object()
                .field("documentId", document.id())
                .field("revision", document.revision())
                .array("runs");
        int author = -1;
        long length = 0;
        for (Op run : document.text().marked().delta().ops()) {
            int by = Marks.author(run);
            if (by != author) {
                writeRun(out, length, author, authors);
                author = by;
                length = 0;
            }
            length += run.length();
        }
        writeRun(out, length, author, authors);
        return new Outcome.Reply("authorship", out.end().end().bytes());
    }

    private static void writeRun(JsonWriter out, long length, int by, List<Author> authors) {
        if (length > 0) {
            Author author = authors.get(by);
            out.object()
                    .field("length", length)
                    .field("userId", author.userId())
                    .field("userName", author.userName())
                    .end();
        }
    }

    private Outcome changes(Caller caller, OpenDocument document, HistoryOf message, long timeMillis) {
        Long before = message.before();
        ReadRequest request = new ReadRequest(
                new RoomKey(DocsApp.KIND, document.id()),
                document.epoch(),
                ReadRequest.Direction.BEFORE,
                before == null ? Long.MAX_VALUE : before,
                message.limit(),
                BYTES_MAX);
        return new Outcome.Later(
                false,
                done -> HistoryPage.read(
                        request,
                        (page, told) -> services.get().context().read(page, document.owner(), told),
                        page -> done.accept(changes(document.id(), page))));
    }

    private static Outcome changes(String documentId, Optional<LogRead.Complete> page) {
        if (page.isEmpty()) {
            return Outcome.refuse(ErrorCode.UNAVAILABLE);
        }
        JsonWriter out =
                new JsonWriter().object().field("documentId", documentId).array("operations");
        for (Entry entry : page.get().entries()) {
            Author author =
                    StoredOperation.read(entry).map(StoredOperation::author).orElse(new Author(null, null));
            out.object()
                    .field("revision", entry.offset())
                    .field("userId", author.userId())
                    .field("userName", author.userName())
                    .field("timestamp", entry.timeMillis())
                    .end();
        }
        out.end()
                .field("oldest", page.get().oldest())
                .field("newest", page.get().newest());
        return new Outcome.Reply("history_of", out.end().bytes());
    }
}

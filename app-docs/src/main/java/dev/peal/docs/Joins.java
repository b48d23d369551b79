package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.Outcome;
import dev.peal.app.RoomMoment;
import dev.peal.app.RoomView;
import dev.peal.app.Welcome;
import dev.peal.hub.Who;
import dev.peal.protocol.DocumentMessage.JoinDocument;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.Recovery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets people into documents: makes those that nobody has opened, and shows everyone what there is. */
final class Joins {
    private final DocumentRecords records;

    Joins(DocumentRecords records) {
        this.records = records;
    }

    Outcome join(Caller caller, RoomView view, JoinDocument join) {
        DocumentRoom document = view.resident(DocumentRoom.class);
        if (document.broken()) {
            return Outcome.refuse(ErrorCode.UNAVAILABLE);
        }
        if (!caller.mayEnter(document.id())) {
            return Outcome.refuse(ErrorCode.FORBIDDEN);
        }
        if (document.registered().record().isPresent()) {
            return enter(caller, document, join);
        }
        return new Outcome.Later(
                true,
                done -> records.create(
                        document.id(),
                        named(caller, join),
                        document.owner(),
                        found -> done.accept(new Outcome.InTurn(() -> created(caller, document, join, found)))));
    }

    /** A caller without a user is who the message says. */
    private static Caller named(Caller caller, JoinDocument join) {
        return caller.userId() != null
                ? caller
                : new Caller(new Who(caller.who().key(), join.userId(), join.userName()), caller.identity());
    }

    private Outcome created(Caller caller, DocumentRoom document, JoinDocument join, DocumentRecords.Found found) {
        if (!(found instanceof DocumentRecords.Found.Known known)) {
            return Outcome.refuse(ErrorCode.UNAVAILABLE);
        }
        document.registered().loaded(known.record());
        return enter(caller, document, join);
    }

    private Outcome enter(Caller caller, DocumentRoom document, JoinDocument join) {
        if (document.registered().role(named(caller, join)).isEmpty()) {
            return Outcome.refuse(ErrorCode.FORBIDDEN);
        }
        records.entered(document.id(), named(caller, join));
        Outcome.Claim claim = join.userId() == null ? null : new Outcome.Claim(join.userId(), join.userName());
        String sender = caller.who().key();
        String clientId = join.clientId();
        Receipts.Client client = clientId == null ? null : new Receipts.Client(sender, clientId);
        return new Outcome.Join(join.since(), claim, moment -> welcome(document, named(caller, join), client, moment));
    }

    private static Welcome.Greeting welcome(
            DocumentRoom document, Caller caller, Receipts.@Nullable Client client, RoomMoment moment) {
        Text text = document.text();
        Optional<DocumentRecord> record = document.registered().record();
        Role role = record.flatMap(known -> known.role(caller)).orElse(Role.READER);
        String title = record.map(DocumentRecord::title).orElse("");
        long seq = client == null ? 0 : document.receipts().newest(client);
        return recovery -> new Outcome.Reply("document", data(moment, text, role, title, seq, recovery));
    }

    private static byte[] data(RoomMoment moment, Text text, Role role, String title, long seq, Recovery recovery) {
        byte[] content = recovery instanceof Recovery.Complete ? new byte[0] : text.json();
        JsonWriter out = new JsonWriter(content.length + 512)
                .object()
                .field("documentId", moment.key().id())
                .field("epoch", moment.newest().epoch())
                .field("revision", text.revision())
                .field("role", role.wire())
                .field("title", title);
        switch (recovery) {
            case Recovery.NotAsked notAsked -> out.raw("content", content);
            case Recovery.Complete complete -> out.field("recovered", true);
            case Recovery.Lost lost ->
                out.field("recovered", false)
                        .field("reason", lost.reason().wire())
                        .raw("content", content);
        }
        if (seq > 0) {
            out.field("seq", seq);
        }
        writeUsers(out, moment.people());
        return out.end().bytes();
    }

    private static void writeUsers(JsonWriter out, List<Who> people) {
        out.array("users");
        for (Who who : people) {
            out.object()
                    .field("userId", who.userId())
                    .field("userName", who.userName())
                    .end();
        }
        out.end();
    }
}

package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.testkit.SessionRig;
import dev.peal.time.Owner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one may do to a document is asked for each message, of the record as it is by then. */
class RolesTest {
    /** Records in a map, that answer a moment later. */
    private static final class MapRecords implements DocumentRecords {
        private record Known(String title, Map<String, Role> roles) implements DocumentRecord {
            @Override
            public Optional<Role> role(Caller caller) {
                return Optional.ofNullable(roles.get(caller.userId()));
            }
        }

        private final Map<String, Known> known = new HashMap<>();
        private @Nullable OpenDocuments documents;
        private boolean failing;
        private long edited;

        void set(String documentId, String title, Map<String, Role> roles) {
            Known record = new Known(title, Map.copyOf(roles));
            known.put(documentId, record);
            if (documents != null) {
                documents.changed(documentId, record);
            }
        }

        @Override
        public void start(AppContext context, OpenDocuments open) {
            documents = open;
        }

        @Override
        public void load(String documentId, Owner owner, Consumer<Found> done) {
            owner.execute(() -> done.accept(found(documentId)));
        }

        private Found found(String documentId) {
            Known record = known.get(documentId);
            if (failing) {
                return new Found.Failed();
            }
            return record == null ? new Found.Unknown() : new Found.Known(record);
        }

        @Override
        public void create(String documentId, Caller creator, Owner owner, Consumer<Found> done) {
            owner.execute(() -> {
                String user = String.valueOf(creator.userId());
                known.putIfAbsent(documentId, new Known("", Map.of(user, Role.OWNER)));
                done.accept(found(documentId));
            });
        }

        @Override
        public void edited(String documentId, long revision, long timeMillis) {
            edited = revision;
        }
    }

    private final MapRecords records = new MapRecords();
    private final SessionRig rig = rig(DocsApp.builder()
            .config(DocsConfig.DEFAULT.withSnapshots(500, 0))
            .records(records)
            .executor(Runnable::run)
            .build());

    @Test
    void whoOpensADocumentFirstOwnsIt() {
        SessionRig.Client ann = signedIn(rig, 0, "ann");
        JsonNode document = one(frames(ann.send(join("notes"))), "document");
        assertThat(document.at("/data/role").asString()).isEqualTo("owner");
        SessionRig.Client bob = signedIn(rig, 1, "bob").send(join("notes"));
        assertThat(error(bob)).isEqualTo("forbidden");
        assertThat(ann.take()).isEmpty();
    }

    @Test
    void whatIsSentBehindTheJoinThatMakesADocumentComesIntoIt() {
        SessionRig.Client ann = signedIn(rig, 0, "ann")
                .send(join("notes"))
                .send(operationAsking("o", "notes", 0, "[{\"insert\":\"x\"}]"))
                .send(leave("notes"));
        assertThat(types(frames(ann))).containsExactly("document", "operation", "ack", "ack");
        assertThat(rig.rooms()).isZero();
    }

    @Test
    void aConnectionThatBreaksWhileItsDocumentIsMadeIsNotInIt() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(join("notes"));
        ann.breaks();
        rig.settle();
        assertThat(rig.rooms()).isZero();
        JsonNode document = one(frames(signedIn(rig, 1, "ann").send(join("notes"))), "document");
        assertThat(document.at("/data/users")).hasSize(1);
    }

    @Test
    void ofTwoWhoOpenAtOnceOneOwnsIt() {
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(join("notes"));
        SessionRig.Client bob = signedIn(rig, 0, "bob").send(join("notes"));
        assertThat(types(frames(ann))).containsExactly("document");
        assertThat(error(bob)).isEqualTo("forbidden");
    }

    @Test
    void aReaderReadsAndChangesNothing() {
        records.set("notes", "Plans", Map.of("ann", Role.EDITOR, "rob", Role.READER));
        SessionRig.Client ann = joined(rig, 0, "ann", "notes").send(operation("notes", 0, "[{\"insert\":\"x\"}]"));
        ann.take();
        SessionRig.Client rob = signedIn(rig, 1, "rob").send(join("notes"));
        JsonNode document = one(frames(rob), "document");
        assertThat(document.at("/data/role").asString()).isEqualTo("reader");
        assertThat(document.at("/data/title").asString()).isEqualTo("Plans");
        for (String refused : List.of(
                operationAsking("o", "notes", 1, "[{\"insert\":\"y\"}]"),
                ask("restore", "r", "notes", "\"revision\":0"))) {
            rob.send(refused);
            assertThat(error(rob)).isEqualTo("read_only");
        }
        for (String allowed : List.of(
                ask("cursor_position", "c", "notes", "\"position\":0"),
                ask("document_at", "d", "notes", "\"revision\":1"),
                ask("authorship", "a", "notes", ""),
                ask("history_of", "h", "notes", ""))) {
            assertThat(types(frames(rob.send(allowed)))).doesNotContain("error").hasSize(1);
        }
        assertThat(entries(rig, "notes")).hasSize(1);
    }

    @Test
    void aRoleThatChangesCountsFromTheNextMessageOn() {
        records.set("notes", "", Map.of("ann", Role.OWNER, "rob", Role.READER));
        SessionRig.Client rob = joined(rig, 1, "rob", "notes");
        records.set("notes", "", Map.of("ann", Role.OWNER, "rob", Role.EDITOR));
        rob.send(operationAsking("o", "notes", 0, "[{\"insert\":\"x\"}]"));
        assertThat(types(frames(rob))).containsExactly("operation", "ack");
        records.set("notes", "", Map.of("ann", Role.OWNER, "rob", Role.COMMENTER));
        rob.send(operationAsking("o", "notes", 1, "[{\"insert\":\"x\"}]"));
        assertThat(error(rob)).isEqualTo("read_only");
    }

    @Test
    void whoLosesEveryRoleIsOutAndIsTold() {
        records.set("notes", "", Map.of("ann", Role.OWNER, "rob", Role.EDITOR));
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        SessionRig.Client rob = joined(rig, 1, "rob", "notes");
        SessionRig.Client robsPhone = joined(rig, 0, "rob", "notes");
        ann.take();
        records.set("notes", "", Map.of("ann", Role.OWNER));
        String removed = "{\"type\":\"removed\",\"data\":{\"documentId\":\"notes\"}}";
        assertThat(rob.take()).containsExactly(removed);
        assertThat(robsPhone.take()).containsExactly(removed);
        assertThat(types(frames(ann))).containsExactly("user_left");
        ann.send(operation("notes", 0, "[{\"insert\":\"secret\"}]")).take();
        assertThat(rob.take()).isEmpty();
        rob.send(operationAsking("o", "notes", 0, "[{\"insert\":\"x\"}]"));
        assertThat(error(rob)).isEqualTo("not_a_member");
        assertThat(error(rob.send(join("notes")))).isEqualTo("forbidden");
    }

    @Test
    void aRecordThatCannotBeReadOpensNothing() {
        records.failing = true;
        SessionRig.Client ann = signedIn(rig, 0, "ann").send(join("notes"));
        assertThat(error(ann)).isEqualTo("unavailable");
        assertThat(rig.rooms()).isZero();
        records.failing = false;
        assertThat(types(frames(ann.send(join("notes"))))).containsExactly("document");
    }

    @Test
    void theRecordsHearOfEdits() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        ann.send(operation("notes", 0, "[{\"insert\":\"x\"}]"))
                .send(operation("notes", 0, "[{\"insert\":\"y\"}]"))
                .leaves();
        rig.settle();
        assertThat(records.edited).isEqualTo(2);
    }

    @Test
    void aTokensRoomsAreAskedBeforeADocumentIsMade() {
        SessionRig.Client ann = signedIn(rig, 0, "ann|team-*").send(join("notes"));
        assertThat(error(ann)).isEqualTo("forbidden");
        assertThat(records.known).isEmpty();
        assertThat(types(frames(ann.send(join("team-notes"))))).containsExactly("document");
    }
}

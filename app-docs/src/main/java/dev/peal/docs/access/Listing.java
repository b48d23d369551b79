package dev.peal.docs.access;

import dev.peal.app.HttpReply;
import dev.peal.docs.Role;
import dev.peal.docs.access.SharedDocuments.Read;
import dev.peal.protocol.JsonWriter;
import dev.peal.store.StoreRead;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A page of a user's documents while it is put together: rows that give the user no role are left out. Owned by one owner, whichever. */
final class Listing {
    private final AccessStores stores;
    private final Question question;
    private final UserDocuments.Page page;
    private final Owner owner;
    private final CompletableFuture<HttpReply> answer;
    private final List<Optional<byte[]>> entries = new ArrayList<>();
    private int left;
    private boolean failed;

    Listing(
            AccessStores stores,
            Question question,
            UserDocuments.Page page,
            Owner owner,
            CompletableFuture<HttpReply> answer) {
        this.stores = stores;
        this.question = question;
        this.page = page;
        this.owner = owner;
        this.answer = answer;
    }

    void begin() {
        left = page.rows().size() + 1;
        for (int i = 0; i < page.rows().size(); i++) {
            int at = i;
            entries.add(Optional.empty());
            StoreRead.Row row = page.rows().get(i).row();
            stores.documents().read(row.key(), owner, read -> look(at, row, read));
        }
        arrived();
    }

    private void look(int at, StoreRead.Row row, Read read) {
        switch (read) {
            case Read.Found found -> look(at, row, found.document());
            case Read.Absent absent -> {
                stores.lists().forget(question.userId(), row, owner);
                arrived();
            }
            case Read.Failed fault -> {
                failed = true;
                arrived();
            }
        }
    }

    private void look(int at, StoreRead.Row row, SharedDocument document) {
        Optional<Role> role = document.role(question.caller());
        if (role.isPresent()) {
            stores.activity().read(row.key(), owner, edit -> {
                entries.set(at, Optional.of(entry(document, role.get(), edit)));
                arrived();
            });
            return;
        }
        // A token that is let into some documents alone leaves the others where they are.
        if (document.roleOf(question.userId()).isEmpty()) {
            stores.lists().forget(question.userId(), row, owner);
        }
        arrived();
    }

    private void arrived() {
        if (--left > 0) {
            return;
        }
        if (failed) {
            answer.complete(Refused.BUSY.problem());
            return;
        }
        JsonWriter json = new JsonWriter(4_096).object().array("documents");
        entries.forEach(entry -> entry.ifPresent(json::raw));
        json.end();
        if (page.more()) {
            json.field("next", page.rows().getLast().place().written());
        }
        answer.complete(HttpReply.json(json.end()));
    }

    private static byte[] entry(SharedDocument document, Role role, Optional<Activity.Edit> edit) {
        return Replies.summary(new JsonWriter(256), document, role)
                .field("ownerName", document.owner().map(Member::displayName).orElse(null))
                .field("updatedAt", edit.map(Activity.Edit::timeMillis).orElse(document.createdAtMillis()))
                .field("revision", edit.map(Activity.Edit::revision).orElse(0L))
                .end()
                .bytes();
    }
}

package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.Outcome;
import dev.peal.app.RoomView;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import dev.peal.protocol.DocumentMessage.Operation;
import dev.peal.protocol.DocumentMessage.Restore;
import dev.peal.protocol.ErrorCode;
import java.util.Optional;

/** What changes a text. */
final class Edits {
    private final DocsConfig config;

    Edits(DocsConfig config) {
        this.config = config;
    }

    Outcome operation(Caller caller, RoomView view, Operation message) {
        Optional<Outcome> refusal = DocumentMessages.refusal(caller, view, Role.EDITOR);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!(DeltaJson.read(message.operation()) instanceof DeltaRead.Valid valid)
                || config.rules().checkContent(valid.delta()).isPresent()) {
            return Outcome.refuse(ErrorCode.INVALID_OPERATION);
        }
        Change change =
                new Change.Made(valid.delta(), message.revision(), config.catchUpOperations(), config.catchUpOps());
        Sender sender = Sender.of(caller, message.userId(), message.clientId(), message.seq());
        return new Submission(view.resident(DocumentRoom.class), sender, change, view.timeMillis()).decide();
    }

    Outcome restore(Caller caller, RoomView view, Restore message) {
        Optional<Outcome> refusal = DocumentMessages.refusal(caller, view, Role.EDITOR);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        DocumentRoom document = view.resident(DocumentRoom.class);
        if (message.revision() > document.revision()) {
            return Outcome.refuse(ErrorCode.REVISION_UNKNOWN);
        }
        Sender sender = Sender.of(caller, message.userId(), null, 0);
        return new Outcome.Later(
                true,
                done -> document.textAt(
                        message.revision(),
                        found -> done.accept(
                                switch (found) {
                                    case Past.Found.There there -> {
                                        Change change = new Change.Restored(
                                                Document.of(there.text().content()));
                                        Submission submission =
                                                new Submission(document, sender, change, view.timeMillis());
                                        yield new Outcome.InTurn(submission::decide);
                                    }
                                    case Past.Found.Pruned pruned -> Outcome.refuse(ErrorCode.REVISION_PRUNED);
                                    case Past.Found.Failed failed -> Outcome.refuse(ErrorCode.UNAVAILABLE);
                                })));
    }
}

package dev.peal.docs.comments;

import dev.peal.docs.Role;
import dev.peal.docs.comments.Discussion.Said;
import dev.peal.protocol.CommentMessage;
import dev.peal.protocol.ErrorCode;
import java.util.Optional;

/**
 * Who may do what to which comment. Whoever comments may reply, and change or delete what is their own; an editor may resolve, reopen and delete whatever there is.
 * Nobody changes another's words. Pure.
 */
final class CommentRules {
    private CommentRules() {}

    /** Somebody who may comment at least. */
    record By(Author author, Role role, long timeMillis) {
        boolean edits() {
            return role.covers(Role.EDITOR);
        }
    }

    /** A comment that is not there yet is made by {@link DocumentComments}, which knows the text; here is what there is to it otherwise. */
    static Optional<Step> repeated(Optional<Discussion> there, CommentMessage.Add add, By by) {
        return there.map(discussion -> {
            Comment comment = discussion.comment();
            boolean same = comment.author().is(by.author()) && comment.text().equals(add.text());
            return same ? new Step.Already() : new Step.Refuse(ErrorCode.MESSAGE_ID_REUSED);
        });
    }

    static Step reply(Discussion discussion, CommentMessage.Reply message, By by) {
        Optional<Said> there = discussion.reply(message.replyId());
        if (there.isPresent()) {
            CommentReply reply = there.get().reply();
            boolean same = reply.author().is(by.author()) && reply.text().equals(message.text());
            return same ? new Step.Already() : new Step.Refuse(ErrorCode.MESSAGE_ID_REUSED);
        }
        return discussion.replies().size() >= DocumentComments.REPLIES_MAX
                ? new Step.Refuse(ErrorCode.LIMIT_REACHED)
                : new Step.PutReply(new CommentReply(message.replyId(), by.author(), message.text(), by.timeMillis()));
    }

    static Step edit(Discussion discussion, CommentMessage.Edit message, By by) {
        String replyId = message.replyId();
        if (replyId != null) {
            return discussion
                    .reply(replyId)
                    .map(said -> edit(said.reply(), message.text(), by))
                    .orElseGet(() -> new Step.Refuse(ErrorCode.NOT_FOUND));
        }
        Comment comment = discussion.comment();
        if (!comment.author().is(by.author())) {
            return new Step.Refuse(ErrorCode.FORBIDDEN);
        }
        return comment.text().equals(message.text())
                ? new Step.Already()
                : new Step.PutComment(comment.edited(message.text()));
    }

    private static Step edit(CommentReply reply, String text, By by) {
        if (!reply.author().is(by.author())) {
            return new Step.Refuse(ErrorCode.FORBIDDEN);
        }
        return reply.text().equals(text) ? new Step.Already() : new Step.PutReply(reply.edited(text));
    }

    static Step resolve(Discussion discussion, CommentMessage.Resolve message, By by) {
        Comment comment = discussion.comment();
        if (!by.edits() && !comment.author().is(by.author())) {
            return new Step.Refuse(ErrorCode.FORBIDDEN);
        }
        return comment.resolved() == message.resolved()
                ? new Step.Already()
                : new Step.PutComment(comment.resolved(message.resolved()));
    }

    static Step delete(Discussion discussion, CommentMessage.Delete message, By by) {
        String replyId = message.replyId();
        if (replyId == null) {
            return by.edits() || discussion.comment().author().is(by.author())
                    ? new Step.DeleteComment()
                    : new Step.Refuse(ErrorCode.FORBIDDEN);
        }
        Optional<Said> said = discussion.reply(replyId);
        if (said.isEmpty()) {
            return new Step.Already();
        }
        return by.edits() || said.get().reply().author().is(by.author())
                ? new Step.DeleteReply(replyId)
                : new Step.Refuse(ErrorCode.FORBIDDEN);
    }
}

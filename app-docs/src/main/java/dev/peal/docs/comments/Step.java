package dev.peal.docs.comments;

import dev.peal.protocol.ErrorCode;

/** What somebody's wish about a comment leads to. A value. */
sealed interface Step {
    /** It is so already: done before, or nothing to do. */
    record Already() implements Step {}

    record Refuse(ErrorCode code) implements Step {}

    /** The comment becomes this; a new one where there was none. */
    record PutComment(Comment comment) implements Step {}

    record PutReply(CommentReply reply) implements Step {}

    /** The comment goes, with its replies. */
    record DeleteComment() implements Step {}

    record DeleteReply(String replyId) implements Step {}
}

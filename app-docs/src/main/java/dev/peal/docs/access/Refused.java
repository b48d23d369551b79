package dev.peal.docs.access;

import dev.peal.app.HttpReply;

/** Why something was not done. */
enum Refused {
    /** There is none, or it is none of the caller's business: the two look the same. */
    UNKNOWN_DOCUMENT(404, "unknown_document", "There is no such document, or it is not shared with you."),
    UNKNOWN_MEMBER(404, "unknown_member", "That user has no role in this document."),
    UNKNOWN_LINK(404, "unknown_link", "There is no such link, or it was revoked."),
    FORBIDDEN(403, "forbidden", "Your role in this document does not allow that."),
    LAST_OWNER(409, "last_owner", "A document has an owner: make somebody else one first."),
    TOO_MANY_MEMBERS(409, "too_many_members", "A document has at most " + SharedDocument.MEMBERS_MAX + " members."),
    TOO_MANY_LINKS(409, "too_many_links", "A document has at most " + SharedDocument.LINKS_MAX + " links."),
    BUSY(503, "unavailable", "It cannot be stored or read now.");

    private static final long RETRY_MILLIS = 1_000;

    private final HttpReply.Problem problem;

    Refused(int status, String code, String detail) {
        this.problem = new HttpReply.Problem(status, code, detail, status == 503 ? RETRY_MILLIS : 0);
    }

    HttpReply.Problem problem() {
        return problem;
    }
}

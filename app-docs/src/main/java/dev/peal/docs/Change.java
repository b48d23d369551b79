package dev.peal.docs;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.protocol.ErrorCode;

/** What somebody wants to do to a document, whatever it is by the time it is done. Owned by the document's owner; asked again where the log refused what was decided. */
sealed interface Change {
    /** What it comes to. */
    sealed interface Decision {
        /** This operation, on the newest revision on its way. */
        record Do(Delta operation) implements Decision {}

        /** It cannot be done. */
        record No(ErrorCode code) implements Decision {}

        /** Operations that are not in memory have to be read first. */
        record Read(Made change) implements Decision {}
    }

    /** Decides on the document as it is now, with all that is on its way. */
    Decision decide(Recent recent, long stored, Tail tail, Text head);

    /** An operation made on a revision of the past, brought up to the newest one. */
    final class Made implements Change {
        private final int operationsMax;
        private int opsLeft;
        private Delta operation;
        private long revision;

        /**
         * @param revision what it was made on
         * @param operationsMax how many operations may have come since
         * @param opsMax how many ops may be gone through
         */
        Made(Delta operation, long revision, int operationsMax, int opsMax) {
            this.operation = operation;
            this.revision = revision;
            this.operationsMax = operationsMax;
            this.opsLeft = opsMax;
        }

        long revision() {
            return revision;
        }

        /** Goes past the next stored operation: what was there first stands first. False where that would be too much work. */
        boolean pass(Delta stored) {
            opsLeft -= Recent.weight(stored) + Recent.weight(operation);
            if (opsLeft < 0) {
                return false;
            }
            operation = stored.transform(operation, true);
            revision++;
            return true;
        }

        @Override
        public Decision decide(Recent recent, long stored, Tail tail, Text head) {
            if (revision > stored) {
                return new Decision.No(ErrorCode.REVISION_UNKNOWN);
            }
            if (stored - revision > operationsMax) {
                return new Decision.No(ErrorCode.REVISION_PRUNED);
            }
            if (!recent.reaches(revision)) {
                return new Decision.Read(this);
            }
            while (revision < stored) {
                if (!pass(recent.at(revision + 1).delta())) {
                    return new Decision.No(ErrorCode.REVISION_PRUNED);
                }
            }
            Delta last = operation;
            int left = opsLeft;
            for (Tail.Pending pending : tail.all()) {
                left -= Recent.weight(pending.delta()) + Recent.weight(last);
                if (left < 0) {
                    return new Decision.No(ErrorCode.REVISION_PRUNED);
                }
                last = pending.delta().transform(last, true);
            }
            return new Decision.Do(last);
        }
    }

    /**
     * Makes the content what it was.
     *
     * @param content the content that is to be
     */
    record Restored(Document content) implements Change {
        @Override
        public Decision decide(Recent recent, long stored, Tail tail, Text head) {
            return new Decision.Do(Document.of(head.content()).diff(content));
        }
    }
}

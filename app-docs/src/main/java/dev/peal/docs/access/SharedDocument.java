package dev.peal.docs.access;

import dev.peal.app.Caller;
import dev.peal.docs.DocumentRecord;
import dev.peal.docs.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A document's title, members and links. Immutable; every change is a pure function, so that it can be made again on what another writer left.
 *
 * @param open whether everybody edits it (open mode)
 * @param title empty once it is deleted
 * @param members by user, in the order in which they came
 * @param deleted nobody has a role any more, nor ever will: its id is not given out again
 */
record SharedDocument(
        String documentId,
        boolean open,
        String title,
        long createdAtMillis,
        SequencedMap<String, Member> members,
        List<ShareLink> links,
        boolean deleted)
        implements DocumentRecord {
    static final int MEMBERS_MAX = 500;
    static final int LINKS_MAX = 20;

    SharedDocument {
        members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        links = List.copyOf(links);
    }

    /** A change, or why it is none. */
    sealed interface Change {
        /** It becomes this. */
        record To(SharedDocument document) implements Change {}

        /** It stays. */
        record Not(Refused why) implements Change {}
    }

    @Override
    public Optional<Role> role(Caller caller) {
        if (deleted || !caller.mayEnter(documentId)) {
            return Optional.empty();
        }
        String userId = caller.userId();
        return userId != null ? roleOf(userId) : open ? Optional.of(Role.EDITOR) : Optional.empty();
    }

    /** What a user may do, whose token does not matter. */
    Optional<Role> roleOf(String userId) {
        Optional<Role> held = Optional.ofNullable(members.get(userId)).map(this::role);
        boolean less = open && held.filter(role -> role.covers(Role.EDITOR)).isEmpty();
        return deleted ? Optional.empty() : less ? Optional.of(Role.EDITOR) : held;
    }

    Role role(Member member) {
        Role granted = member.granted();
        Optional<Role> linked =
                Optional.ofNullable(member.linkId()).flatMap(this::link).map(ShareLink::role);
        if (granted == null) {
            return linked.orElseThrow(() -> new IllegalStateException("a member has a role"));
        }
        return linked.filter(role -> role.covers(granted)).orElse(granted);
    }

    Optional<ShareLink> link(String linkId) {
        return links.stream().filter(link -> link.linkId().equals(linkId)).findFirst();
    }

    /** Who is named as whose it is: the first owner. */
    Optional<Member> owner() {
        return members.values().stream()
                .filter(member -> member.granted() == Role.OWNER)
                .findFirst();
    }

    Change rename(String newTitle) {
        return to(newTitle, members, links);
    }

    /** Gives a user a role, in place of what they had from an owner or a link. */
    Change grant(String userId, Role role) {
        Member before = members.get(userId);
        if (before == null && members.size() >= MEMBERS_MAX) {
            return new Change.Not(Refused.TOO_MANY_MEMBERS);
        }
        String name = before == null ? null : before.userName();
        return withOwner(with(new Member(userId, name, role, null)), links);
    }

    /** Takes a user's role away. */
    Change remove(String userId) {
        if (!members.containsKey(userId)) {
            return new Change.Not(Refused.UNKNOWN_MEMBER);
        }
        SequencedMap<String, Member> left = new LinkedHashMap<>(members);
        left.remove(userId);
        return withOwner(left, links);
    }

    Change addLink(ShareLink link) {
        if (links.size() >= LINKS_MAX) {
            return new Change.Not(Refused.TOO_MANY_LINKS);
        }
        List<ShareLink> more = new ArrayList<>(links);
        more.add(link);
        return to(title, members, more);
    }

    /** Revokes a link: who came by it alone is out, who had a role besides falls back to that. */
    Change removeLink(String linkId) {
        if (link(linkId).isEmpty()) {
            return new Change.Not(Refused.UNKNOWN_LINK);
        }
        SequencedMap<String, Member> left = new LinkedHashMap<>();
        for (Member member : members.values()) {
            if (!linkId.equals(member.linkId())) {
                left.put(member.userId(), member);
            } else if (member.granted() != null) {
                left.put(member.userId(), new Member(member.userId(), member.userName(), member.granted(), null));
            }
        }
        return to(
                title,
                left,
                links.stream().filter(link -> !link.linkId().equals(linkId)).toList());
    }

    /** Lets a user in by a link; whoever has as much already keeps what they have. */
    Change redeem(ShareLink link, String userId, @Nullable String userName) {
        Member before = members.get(userId);
        if (before == null) {
            return members.size() >= MEMBERS_MAX
                    ? new Change.Not(Refused.TOO_MANY_MEMBERS)
                    : to(title, with(new Member(userId, userName, null, link.linkId())), links);
        }
        if (role(before).covers(link.role())) {
            return new Change.To(this);
        }
        return to(title, with(new Member(userId, userName, before.granted(), link.linkId())), links);
    }

    /** Learns a member's name. */
    Change name(String userId, @Nullable String userName) {
        Member member = members.get(userId);
        return member == null ? new Change.To(this) : to(title, with(member.named(userName)), links);
    }

    Change delete() {
        return new Change.To(
                new SharedDocument(documentId, open, "", createdAtMillis, new LinkedHashMap<>(), List.of(), true));
    }

    private SequencedMap<String, Member> with(Member member) {
        SequencedMap<String, Member> more = new LinkedHashMap<>(members);
        more.put(member.userId(), member);
        return more;
    }

    /** A document that has an owner keeps one; in open mode some never had one. */
    private Change withOwner(SequencedMap<String, Member> changed, List<ShareLink> kept) {
        Change.To next = to(title, changed, kept);
        return owner().isPresent() && next.document().owner().isEmpty() ? new Change.Not(Refused.LAST_OWNER) : next;
    }

    private Change.To to(String newTitle, SequencedMap<String, Member> newMembers, List<ShareLink> newLinks) {
        return new Change.To(
                new SharedDocument(documentId, open, newTitle, createdAtMillis, newMembers, newLinks, deleted));
    }
}

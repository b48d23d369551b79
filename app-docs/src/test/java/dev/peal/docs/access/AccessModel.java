package dev.peal.docs.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may do what, said once more and as plainly as can be: roles are numbers, a link is a number under a name, and what somebody has is the highest of what they
 * were given.
 */
public final class AccessModel {
    public static final List<String> ROLES = List.of("reader", "commenter", "editor", "owner");

    /** One document. */
    public static final class Doc {
        String title = "";
        boolean deleted;

        /** By user: what an owner gave. */
        final Map<String, Integer> granted = new TreeMap<>();

        /** By user: the link that they came by last and that gave them more than they had. */
        final Map<String, String> cameBy = new TreeMap<>();

        /** By link. */
        final Map<String, Integer> links = new TreeMap<>();

        public boolean isDeleted() {
            return deleted;
        }

        TreeSet<String> members() {
            TreeSet<String> all = new TreeSet<>(granted.keySet());
            all.addAll(cameBy.keySet());
            return all;
        }

        /** -1: a stranger. */
        int role(String user) {
            if (deleted) {
                return -1;
            }
            int byLink = cameBy.containsKey(user) ? links.getOrDefault(cameBy.get(user), -1) : -1;
            return Math.max(granted.getOrDefault(user, -1), byLink);
        }
    }

    final Map<String, Doc> documents = new TreeMap<>();

    /** By secret: document and link; revoked ones too. */
    final Map<String, String[]> secrets = new TreeMap<>();

    public Doc document(String id) {
        return Objects.requireNonNull(documents.get(id));
    }

    public int links(String document) {
        return document(document).links.size();
    }

    private static String may(Doc doc, String user, String needed) {
        int role = doc.role(user);
        return role < 0 ? "404 unknown_document" : role < ROLES.indexOf(needed) ? "403 forbidden" : "";
    }

    public void created(String user, String document, String title) {
        Doc doc = new Doc();
        doc.title = title;
        doc.granted.put(user, 3);
        documents.put(document, doc);
    }

    public String rename(String user, String document, String title) {
        Doc doc = document(document);
        String no = may(doc, user, "editor");
        if (no.isEmpty()) {
            doc.title = title;
        }
        return no.isEmpty() ? "200" : no;
    }

    public String delete(String user, String document) {
        Doc doc = document(document);
        String no = may(doc, user, "owner");
        if (no.isEmpty()) {
            doc.deleted = true;
            doc.granted.clear();
            doc.cameBy.clear();
            doc.links.clear();
        }
        return no.isEmpty() ? "204" : no;
    }

    private static boolean lastOwner(Doc doc, String user) {
        return doc.granted.getOrDefault(user, -1) == 3
                && doc.granted.values().stream().filter(role -> role == 3).count() == 1;
    }

    public String grant(String user, String document, String other, String role) {
        Doc doc = document(document);
        String no = may(doc, user, "owner");
        if (!no.isEmpty()) {
            return no;
        }
        if (lastOwner(doc, other) && !role.equals("owner")) {
            return "409 last_owner";
        }
        doc.granted.put(other, ROLES.indexOf(role));
        doc.cameBy.remove(other);
        return "200";
    }

    public String remove(String user, String document, String other) {
        Doc doc = document(document);
        String no = may(doc, user, user.equals(other) ? "reader" : "owner");
        if (!no.isEmpty()) {
            return no;
        }
        if (!doc.members().contains(other)) {
            return "404 unknown_member";
        }
        if (lastOwner(doc, other)) {
            return "409 last_owner";
        }
        doc.granted.remove(other);
        doc.cameBy.remove(other);
        return "204";
    }

    public String mayLink(String user, String document) {
        String no = may(document(document), user, "owner");
        return no.isEmpty() ? "200" : no;
    }

    public void linked(String document, String link, String role, String secret) {
        document(document).links.put(link, ROLES.indexOf(role));
        secrets.put(secret, new String[] {document, link});
    }

    public String revoke(String user, String document, String link) {
        Doc doc = document(document);
        String no = may(doc, user, "owner");
        if (!no.isEmpty()) {
            return no;
        }
        if (doc.links.remove(link) == null) {
            return "404 unknown_link";
        }
        doc.cameBy.values().removeIf(link::equals);
        return "204";
    }

    public String redeem(String user, String secret) {
        String[] to = secrets.get(secret);
        if (to == null || !document(to[0]).links.containsKey(to[1])) {
            return "404 unknown_link";
        }
        Doc doc = document(to[0]);
        if (doc.links.getOrDefault(to[1], -1) > doc.role(user)) {
            doc.cameBy.put(user, to[1]);
        }
        return "200";
    }

    public String access(String user, String document) {
        String no = may(document(document), user, "owner");
        return no.isEmpty() ? "200" : no;
    }

    /** {@code title:role}, sorted. */
    public List<String> list(String user) {
        List<String> all = new ArrayList<>();
        documents.values().forEach(doc -> {
            if (doc.role(user) >= 0) {
                all.add(doc.title + ":" + ROLES.get(doc.role(user)));
            }
        });
        return all.stream().sorted().toList();
    }

    public String role(String user, String document) {
        int role = document(document).role(user);
        return role < 0 ? "none" : ROLES.get(role);
    }
}

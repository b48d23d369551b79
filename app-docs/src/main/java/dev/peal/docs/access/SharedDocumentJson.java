package dev.peal.docs.access;

import dev.peal.docs.Role;
import dev.peal.protocol.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A document's record as it is stored. Pure. */
final class SharedDocumentJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SharedDocumentJson() {}

    static byte[] write(SharedDocument document) {
        JsonWriter json = new JsonWriter(512)
                .object()
                .field("title", document.title())
                .field("createdAt", document.createdAtMillis())
                .field("deleted", document.deleted())
                .array("members");
        for (Member member : document.members().values()) {
            Role granted = member.granted();
            json.object()
                    .field("userId", member.userId())
                    .field("userName", member.userName())
                    .field("granted", granted == null ? null : granted.wire())
                    .field("link", member.linkId())
                    .end();
        }
        json.end().array("links");
        for (ShareLink link : document.links()) {
            json.object()
                    .field("linkId", link.linkId())
                    .field("role", link.role().wire())
                    .field("digest", link.digest())
                    .field("createdAt", link.createdAtMillis())
                    .end();
        }
        return json.end().end().bytes();
    }

    /** @param open whether everybody edits it */
    static SharedDocument read(String documentId, byte[] value, boolean open) {
        JsonNode json = JSON.readTree(value);
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        for (JsonNode member : json.path("members")) {
            String userId = member.path("userId").asString();
            String granted = text(member, "granted");
            members.put(
                    userId,
                    new Member(
                            userId,
                            text(member, "userName"),
                            granted == null ? null : role(granted),
                            text(member, "link")));
        }
        List<ShareLink> links = new ArrayList<>();
        for (JsonNode link : json.path("links")) {
            links.add(new ShareLink(
                    link.path("linkId").asString(),
                    role(link.path("role").asString()),
                    link.path("digest").asString(),
                    link.path("createdAt").asLong()));
        }
        return new SharedDocument(
                documentId,
                open,
                json.path("title").asString(),
                json.path("createdAt").asLong(),
                members,
                links,
                json.path("deleted").asBoolean());
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode node = object.path(name);
        return node.isString() ? node.stringValue() : null;
    }

    private static Role role(String wire) {
        return Role.ofWire(wire).orElseThrow(() -> new IllegalStateException("no role: " + wire));
    }
}

package dev.peal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrows point one way: a package uses only packages of a lower rank (ARCHITECTURE.md). */
class RanksTest {
    private static final Map<String, Integer> RANKS = Map.ofEntries(
            Map.entry("dev.peal.protocol", 0),
            Map.entry("dev.peal.websocket", 0),
            Map.entry("dev.peal.time", 0),
            Map.entry("dev.peal.ot", 0),
            Map.entry("dev.peal.ot.json", 1),
            Map.entry("dev.peal.log", 1),
            Map.entry("dev.peal.store", 1),
            Map.entry("dev.peal.auth", 1),
            Map.entry("dev.peal.limit", 1),
            Map.entry("dev.peal.hub", 2),
            Map.entry("dev.peal.search", 2),
            Map.entry("dev.peal.app", 4),
            Map.entry("dev.peal.session", 5),
            Map.entry("dev.peal.chat", 6),
            Map.entry("dev.peal.docs", 6),
            Map.entry("dev.peal.market.book", 3),
            Map.entry("dev.peal.market.candle", 4),
            Map.entry("dev.peal.market.exchange", 4),
            Map.entry("dev.peal.market.agents", 5),
            Map.entry("dev.peal.market.replay", 4),
            Map.entry("dev.peal.market.wire", 5),
            Map.entry("dev.peal.market.source", 6),
            Map.entry("dev.peal.market.ingest", 6),
            Map.entry("dev.peal.market.live", 6),
            Map.entry("dev.peal.market.feed", 6),
            Map.entry("dev.peal.market.paper", 6),
            Map.entry("dev.peal.docs.access", 6),
            Map.entry("dev.peal.docs.comments", 6),
            Map.entry("dev.peal.docs.versions", 6),
            Map.entry("dev.peal.market", 6),
            Map.entry("dev.peal.engine.sqlite", 6),
            Map.entry("dev.peal.transport", 6),
            Map.entry("dev.peal.transport.ws", 6),
            Map.entry("dev.peal.transport.sse", 6),
            Map.entry("dev.peal.transport.poll", 6),
            Map.entry("dev.peal.transport.http", 7),
            Map.entry("dev.peal.server.api", 8),
            Map.entry("dev.peal.server.config", 8),
            Map.entry("dev.peal.server.fallback", 8),
            Map.entry("dev.peal.server.request", 8),
            Map.entry("dev.peal.server.route", 8),
            Map.entry("dev.peal.server", 8),
            Map.entry("dev.peal.client.json", 1),
            Map.entry("dev.peal.client.loop", 1),
            Map.entry("dev.peal.client.link", 2),
            Map.entry("dev.peal.client.outbox", 2),
            Map.entry("dev.peal.client", 3),
            Map.entry("dev.peal.client.docs", 4),
            Map.entry("dev.peal.client.market", 4),
            Map.entry("dev.peal.junit", 9));

    /** Packages of one rank that may not know each other are all; these pairs may, downwards within their module. */
    private static final List<List<String>> WITHIN = List.of(
            List.of("dev.peal.transport.ws", "dev.peal.transport"),
            List.of("dev.peal.market", "dev.peal.market.source"),
            List.of("dev.peal.market", "dev.peal.market.ingest"),
            List.of("dev.peal.market", "dev.peal.market.live"),
            List.of("dev.peal.market", "dev.peal.market.feed"),
            List.of("dev.peal.market.feed", "dev.peal.market.live"),
            List.of("dev.peal.market", "dev.peal.market.paper"),
            List.of("dev.peal.market.ingest", "dev.peal.market.source"),
            List.of("dev.peal.market.live", "dev.peal.market.source"),
            List.of("dev.peal.market.paper", "dev.peal.market.source"),
            List.of("dev.peal.transport.sse", "dev.peal.transport"),
            List.of("dev.peal.docs.access", "dev.peal.docs"),
            List.of("dev.peal.docs.comments", "dev.peal.docs"),
            List.of("dev.peal.docs.versions", "dev.peal.docs"),
            List.of("dev.peal.server", "dev.peal.server.api"),
            List.of("dev.peal.server", "dev.peal.server.config"),
            List.of("dev.peal.server", "dev.peal.server.fallback"),
            List.of("dev.peal.server", "dev.peal.server.request"),
            List.of("dev.peal.server", "dev.peal.server.route"),
            List.of("dev.peal.server.api", "dev.peal.server.request"),
            List.of("dev.peal.server.fallback", "dev.peal.server.request"),
            List.of("dev.peal.server.route", "dev.peal.server.request"));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.peal");

    @Test
    void aPackageUsesOnlyPackagesOfALowerRank() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass from : classes) {
            Optional<Integer> rank = rank(from);
            if (rank.isEmpty()) {
                continue;
            }
            for (Dependency arrow : from.getDirectDependenciesFromSelf()) {
                Optional<Integer> other = rank(arrow.getTargetClass());
                String source = from.getPackageName();
                String target = arrow.getTargetClass().getPackageName();
                boolean allowed = source.equals(target) || WITHIN.contains(List.of(source, target));
                if (other.isPresent() && !allowed && other.get() >= rank.get()) {
                    wrong.add(arrow.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageOfTheServerHasARank() {
        TreeSet<String> without = new TreeSet<>();
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            boolean free = List.of("testkit", "bench", "e2e", "examples").stream()
                    .anyMatch(part -> name.startsWith("dev.peal." + part));
            if (!free && !RANKS.containsKey(name)) {
                without.add(name);
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void nettyChannelsAndHandlersLiveInTheTransportAlone() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass from : classes) {
            String name = from.getPackageName();
            boolean may = name.startsWith("dev.peal.transport")
                    || name.startsWith("dev.peal.server")
                    || name.startsWith("dev.peal.bench")
                    || name.startsWith("dev.peal.e2e");
            for (Dependency arrow : from.getDirectDependenciesFromSelf()) {
                String target = arrow.getTargetClass().getPackageName();
                if (!may && (target.startsWith("io.netty.channel") || target.startsWith("io.netty.handler"))) {
                    wrong.add(arrow.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void applicationsUseNothingThatAnEmbeddingProgramCouldNot() {
        List<String> means = List.of(
                "dev.peal.app",
                "dev.peal.auth",
                "dev.peal.hub",
                "dev.peal.limit",
                "dev.peal.log",
                "dev.peal.ot",
                "dev.peal.ot.json",
                "dev.peal.protocol",
                "dev.peal.search",
                "dev.peal.store",
                "dev.peal.time");
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            Optional<String> own = Stream.of("dev.peal.chat", "dev.peal.docs", "dev.peal.market")
                    .filter(application -> from.getPackageName().startsWith(application))
                    .findFirst();
            for (Dependency arrow : from.getDirectDependenciesFromSelf()) {
                String target = arrow.getTargetClass().getPackageName();
                if (own.isPresent()
                        && target.startsWith("dev.peal.")
                        && !target.startsWith(own.get())
                        && !means.contains(target)) {
                    wrong.add(target);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What a client may carry: words and values, for Java 17. */
    private static final List<String> SMALL = List.of("dev.peal.protocol", "dev.peal.ot", "dev.peal.ot.json");

    /** Programs that talk to a server should not have to carry one. */
    @Test
    void theJavaClientUsesTheProtocolAlone() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            if (!from.getPackageName().startsWith("dev.peal.client")) {
                continue;
            }
            for (Dependency arrow : from.getDirectDependenciesFromSelf()) {
                String target = arrow.getTargetClass().getPackageName();
                boolean own = target.startsWith("dev.peal.client") || SMALL.contains(target);
                if (!own && (target.startsWith("dev.peal.") || target.startsWith("io.netty."))) {
                    wrong.add(target);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Optional<Integer> rank(JavaClass type) {
        return Optional.ofNullable(RANKS.get(type.getPackageName()));
    }
}

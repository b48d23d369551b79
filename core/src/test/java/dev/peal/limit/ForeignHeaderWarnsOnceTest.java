package dev.peal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.LogLines;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignHeaderWarnsOnceTest {
    private final InetAddress foreign = IpLiteral.parse("203.0.113.9").orElseThrow();
    private final InetAddress proxy = IpLiteral.parse("10.0.0.1").orElseThrow();
    private final InetAddress other = IpLiteral.parse("198.51.100.1").orElseThrow();
    private final ClientAddress addresses = new ClientAddress(List.of(Cidr.parse("10.0.0.0/8")));

    @Test
    void namesTheKeyTheFirstTimeOnly() {
        try (var log = new LogLines()) {
            assertThat(addresses.forwarded(foreign, List.of("198.51.100.1"))).isEqualTo(foreign);
            assertThat(addresses.forwarded(foreign, List.of("198.51.100.1"))).isEqualTo(foreign);
            assertThat(addresses.announced(foreign, other)).isEqualTo(foreign);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("http.trustedProxies");
        }
    }

    @Test
    void aTrustedProxyIsBelievedInSilence() {
        try (var log = new LogLines()) {
            assertThat(addresses.announced(proxy, other)).isEqualTo(other);
            assertThat(addresses.forwarded(proxy, List.of("198.51.100.1"))).isEqualTo(other);
            assertThat(addresses.forwarded(foreign, List.of())).isEqualTo(foreign);
            assertThat(log.lines()).isEmpty();
        }
    }
}

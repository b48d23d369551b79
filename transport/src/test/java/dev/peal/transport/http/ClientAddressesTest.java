package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressesTest {
    private final ClientAddresses addresses =
            new ClientAddresses(TrustedProxies.of(List.of("10.0.0.0/8", "192.168.1.7", "fd00::/8")));

    private static InetAddress address(String text) {
        return Addresses.literal(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3     | 203.0.113.9                           | 203.0.113.9",
                "10.1.2.3     | 1.1.1.1, 203.0.113.9                  | 203.0.113.9",
                "10.1.2.3     | 1.1.1.1, 203.0.113.9, 10.9.9.9        | 203.0.113.9",
                "192.168.1.7  | 203.0.113.9, 192.168.1.7, fd00::1     | 203.0.113.9",
                "fd12::1      | 2001:db8::5                           | 2001:db8:0:0:0:0:0:5",
                "10.1.2.3     | [2001:db8::5]:4711                    | 2001:db8:0:0:0:0:0:5",
                "10.1.2.3     | 203.0.113.9:4711                      | 203.0.113.9",
                "10.1.2.3     | ::ffff:203.0.113.9                    | 203.0.113.9",
                "10.1.2.3     | 10.4.4.4                              | 10.4.4.4",
                "10.1.2.3     | 203.0.113.9, nonsense                 | 10.1.2.3",
                "10.1.2.3     | 203.0.113.9, nonsense, 10.4.4.4       | 10.4.4.4",
                "10.1.2.3     | unknown                               | 10.1.2.3",
                "203.0.113.50 | 1.1.1.1                               | 203.0.113.50",
                "192.168.1.8  | 1.1.1.1                               | 192.168.1.8",
                "11.0.0.1     | 1.1.1.1                               | 11.0.0.1",
            })
    void takesTheRightmostThatIsNoTrustedProxy(String peer, String forwarded, String client) {
        var headers = new DefaultHttpHeaders().add("X-Forwarded-For", forwarded);
        assertThat(addresses.client(address(peer), headers).getHostAddress()).isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        var headers = new DefaultHttpHeaders()
                .add("X-Forwarded-For", "1.1.1.1")
                .add("X-Forwarded-For", "203.0.113.9, 10.2.2.2");
        assertThat(addresses.client(address("10.1.2.3"), headers)).isEqualTo(address("203.0.113.9"));
    }

    @Test
    void believesAboutEncryptionOnlyTrustedProxies() {
        var headers = new DefaultHttpHeaders().add("X-Forwarded-Proto", "https");
        assertThat(addresses.secure(address("10.1.2.3"), false, headers)).isTrue();
        assertThat(addresses.secure(address("203.0.113.9"), false, headers)).isFalse();
        assertThat(addresses.secure(address("203.0.113.9"), true, new DefaultHttpHeaders()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.org",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0.0/",
                "",
                "/8",
                "fd00::/129",
                "fe80::1%eth0"
            })
    void refusesWhatIsNoAddressOrRange(String text) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.8/30,10.0.0.11,true",
        "10.0.0.8/30,10.0.0.12,false",
        "0.0.0.0/0,8.8.8.8,true",
        "0.0.0.0/0,::1,false",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false"
    })
    void aRangeEndsWhereItsBitsEnd(String range, String address, boolean inside) {
        assertThat(TrustedProxies.of(List.of(range)).contains(address(address))).isEqualTo(inside);
    }
}

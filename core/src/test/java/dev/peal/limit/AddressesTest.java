package dev.peal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of addresses as text, networks, keys, and forwarded headers. */
class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "1::, 1:0:0:0:0:0:0:0",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "2001:DB8::A, 2001:db8:0:0:0:0:0:a",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:0201, 192.0.2.1",
        "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b:0:0:0:0:c000:221",
        "::192.0.2.1, 0:0:0:0:0:0:c000:201",
    })
    void readsAnAddress(String text, String address) {
        assertThat(IpLiteral.parse(text).map(InetAddress::getHostAddress)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "01.2.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4/8",
                "１.2.3.4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "1:",
                ":1",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "_hidden",
                "unknown",
                "٣.2.3.4",
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true",
        "::ffff:10.0.0.0/104, 10.1.1.1, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.0/31, 192.0.2.1, true",
        "192.0.2.0/31, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.9, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::1, 2001:db8::1, true",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "::1/128, ::1, true",
    })
    void aNetworkContains(String network, String address, boolean contained) {
        assertThat(Cidr.parse(network).contains(ip(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.0.0.0/ 8",
                "::/129",
                "2001:db8::1/32",
                "example.com/8",
                "10.0.0/8",
                "::ffff:10.0.0.0/90",
                "10.0.0.0/8,",
                "10.0.0.0/999999999999",
                "*",
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "2001:db8::1, 192.0.2.1, false",
        "::1, 127.0.0.1, false",
        "255.255.255.255, 192.0.2.1, false",
    })
    void countAsOneAddress(String one, String other, boolean same) {
        assertThat(AddressKey.of(ip(one)).equals(AddressKey.of(ip(other)))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "255.0.0.1, 255.0.0.1",
        "2001:db8:0:1::9, 2001:db8:0:1::/64",
        "::1, 0:0:0:0::/64"
    })
    void aKeyReadsAsItsNetwork(String address, String text) {
        assertThat(AddressKey.of(ip(address))).hasToString(text);
    }

    /** The proxies are 10.0.0.0/8 and 2001:db8:f::/48; header values are separated by |. */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 198.51.100.1, 203.0.113.9",
        "203.0.113.9, 10.0.0.1, 203.0.113.9",
        "10.0.0.1, 198.51.100.1, 198.51.100.1",
        "10.0.0.1, '1.1.1.1, 198.51.100.1', 198.51.100.1",
        "10.0.0.1, '1.1.1.1, 198.51.100.1, 10.0.0.2', 198.51.100.1",
        "10.0.0.1, '1.1.1.1|198.51.100.1|10.0.0.2', 198.51.100.1",
        "10.0.0.1, '1.1.1.1,198.51.100.1,10.0.0.2,10.9.9.9', 198.51.100.1",
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
        "10.0.0.1, 'unknown', 10.0.0.1",
        "10.0.0.1, '198.51.100.1, unknown, 10.0.0.2', 10.0.0.2",
        "10.0.0.1, '198.51.100.1, _hidden', 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, ',', 10.0.0.1",
        "10.0.0.1, '198.51.100.1,', 10.0.0.1",
        "10.0.0.1, '   198.51.100.1   ', 198.51.100.1",
        "10.0.0.1, '198.51.100.1:4711', 198.51.100.1",
        "10.0.0.1, '[2001:db8::1]:4711', 2001:db8:0:0:0:0:0:1",
        "10.0.0.1, '[2001:db8::1]', 2001:db8:0:0:0:0:0:1",
        "10.0.0.1, '2001:db8::1', 2001:db8:0:0:0:0:0:1",
        "10.0.0.1, '[2001:db8::1', 10.0.0.1",
        "10.0.0.1, '[2001:db8::1]x', 10.0.0.1",
        "10.0.0.1, '198.51.100.1:x', 10.0.0.1",
        "10.0.0.1, '::ffff:198.51.100.1', 198.51.100.1",
        "10.0.0.1, '198.51.100.1, ::ffff:10.0.0.2', 198.51.100.1",
        "::ffff:10.0.0.1, '198.51.100.1', 198.51.100.1",
        "2001:db8:f::1, '198.51.100.1', 198.51.100.1",
        "2001:db8:e::1, '198.51.100.1', 2001:db8:e:0:0:0:0:1",
        "10.0.0.1, '127.0.0.1', 127.0.0.1",
        "10.0.0.1, 'localhost', 10.0.0.1",
        "10.0.0.1, '198.51.100.01', 10.0.0.1",
    })
    void aClientBehindProxiesIs(String peer, String header, String client) {
        var addresses = new ClientAddress(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8:f::/48")));
        var values = Arrays.asList(header.split("\\|", -1));
        assertThat(addresses.forwarded(ip(peer), values).getHostAddress()).isEqualTo(client);
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}

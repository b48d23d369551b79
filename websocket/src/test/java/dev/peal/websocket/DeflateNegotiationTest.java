package dev.peal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offers of permessage-deflate and what is answered: accepted with which bits, declined, or not even a list of extensions. */
final class DeflateNegotiationTest {
    private static final String BOTH = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "permessage-deflate                                                  |",
                "permessage-deflate; client_max_window_bits                          |",
                "permessage-deflate;client_max_window_bits=8                         |",
                "permessage-deflate;client_max_window_bits=15                        |",
                "permessage-deflate; client_max_window_bits=\"10\"                   |",
                "permessage-deflate; server_no_context_takeover                      |",
                "permessage-deflate; client_no_context_takeover                      |",
                "permessage-deflate; client_no_context_takeover; server_no_context_takeover; client_max_window_bits |",
                "permessage-deflate; server_max_window_bits=8                        | ; server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits=9                        | ; server_max_window_bits=9",
                "permessage-deflate; server_max_window_bits=10                       | ; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=15                       | ; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=\"12\"                   | ; server_max_window_bits=12",
                "permessage-deflate  ;\tserver_max_window_bits = 12                  | ; server_max_window_bits=12",
                ", ,permessage-deflate, ,                                            |",
                "x-other, permessage-deflate                                         |",
                "x-other; permessage-deflate=1, permessage-deflate                   |",
                "permessage-deflate; unknown, permessage-deflate                     |",
                "permessage-deflate; server_max_window_bits=16, permessage-deflate; server_max_window_bits=11 | ; server_max_window_bits=11",
                "permessage-deflate; server_max_window_bits=9, permessage-deflate; server_max_window_bits=15, permessage-deflate | ; server_max_window_bits=9",
            })
    void accepts(String offer, String bits) {
        assertThat(answer(List.of(offer), DeflateConfig.DEFAULT)).contains(BOTH + (bits == null ? "" : bits));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=0",
                "permessage-deflate; server_max_window_bits=09",
                "permessage-deflate; server_max_window_bits=+9",
                "permessage-deflate; server_max_window_bits=-9",
                "permessage-deflate; server_max_window_bits=abc",
                "permessage-deflate; server_max_window_bits=99999999999999999999",
                "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=x",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=9",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; unknown",
                "permessage-deflate; unknown=1; server_no_context_takeover",
                "permessage-deflate; SERVER_NO_CONTEXT_TAKEOVER",
                "x-webkit-deflate-frame",
                "permessage-bzip2; client_max_window_bits",
                "permessage-deflat",
            })
    void declines(String offer) {
        assertThat(ExtensionParser.parse(List.of(offer))).isPresent();
        assertThat(answer(List.of(offer), DeflateConfig.DEFAULT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "permessage-deflate;",
                "permessage-deflate; ;",
                "permessage-deflate; a=",
                "permessage-deflate; =a",
                "permessage-deflate; a=\"",
                "permessage-deflate; a=\"\"",
                "permessage-deflate; a=\"b",
                "permessage-deflate; a=\"b c\"",
                "permessage-deflate; a=b c",
                "permessage-deflate x",
                "permessage-deflate=1",
                "permessage-deflate; a(b)",
                "; a",
                "\"permessage-deflate\"",
                "perm\u00e9ssage",
            })
    void refusesWhatIsNoList(String value) {
        assertThat(ExtensionParser.parse(List.of("x", value))).isEmpty();
    }

    @Test
    void aHundredOffersAndEightKibibytesAreRead() {
        String offers = "permessage-deflate; server_max_window_bits=16, ".repeat(100) + "permessage-deflate";
        assertThat(answer(List.of(offers), DeflateConfig.DEFAULT)).contains(BOTH);
        String params = "permessage-deflate" + "; a".repeat(2_700);
        assertThat(answer(List.of(params), DeflateConfig.DEFAULT)).isEmpty();
        String different = "permessage-deflate; server_no_context_takeover" + ", x".repeat(2_700);
        assertThat(answer(List.of(different), DeflateConfig.DEFAULT)).contains(BOTH);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(answer(List.of("x-other", "permessage-deflate"), DeflateConfig.DEFAULT))
                .contains(BOTH);
    }

    @Test
    void theConfigurationLowersBothWindows() {
        DeflateConfig small = new DeflateConfig(true, 0, 6, 7, 11, 10, 10);
        assertThat(answer(List.of("permessage-deflate"), small)).contains(BOTH);
        assertThat(answer(List.of("permessage-deflate; server_max_window_bits=15; client_max_window_bits"), small))
                .contains(BOTH + "; server_max_window_bits=11; client_max_window_bits=10");
        assertThat(answer(List.of("permessage-deflate; server_max_window_bits=9; client_max_window_bits=9"), small))
                .contains(BOTH + "; server_max_window_bits=9; client_max_window_bits=9");
        assertThat(params("permessage-deflate", small)).contains(new DeflateParams(11, 15));
        assertThat(params("permessage-deflate; client_max_window_bits=9", small))
                .contains(new DeflateParams(11, 9));
    }

    @Test
    void offMeansDeclined() {
        assertThat(answer(List.of("permessage-deflate"), DeflateConfig.DISABLED))
                .isEmpty();
    }

    private static Optional<String> answer(List<String> values, DeflateConfig config) {
        return ExtensionParser.parse(values)
                .flatMap(offers -> DeflateNegotiation.choose(offers, config))
                .map(DeflateNegotiation.Agreement::response);
    }

    private static Optional<DeflateParams> params(String value, DeflateConfig config) {
        return ExtensionParser.parse(List.of(value))
                .flatMap(offers -> DeflateNegotiation.choose(offers, config))
                .map(DeflateNegotiation.Agreement::params);
    }
}

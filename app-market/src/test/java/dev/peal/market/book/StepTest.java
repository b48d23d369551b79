package dev.peal.market.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROMISES 70 on the server's side: 1,000,000 random decimals here, 10,000,000 nightly, against {@link BigDecimal}. */
class StepTest {
    private static final int DECIMALS = Seeded.count(1_000_000, 10_000_000);
    private static final BigDecimal UNITS_MAX = BigDecimal.valueOf(Step.UNITS_MAX);

    @Test
    void writesACountWithAllItsPlaces() {
        assertThat(Step.of("0.00000001").text(141_342)).isEqualTo("0.00141342");
        assertThat(Step.of("0.01").text(10_050)).isEqualTo("100.50");
        assertThat(Step.of("0.01").text(5)).isEqualTo("0.05");
        assertThat(Step.of("0.05").text(3)).isEqualTo("0.15");
        assertThat(Step.of("1").text(0)).isEqualTo("0");
        assertThat(Step.of("0.01").text(-5)).isEqualTo("-0.05");
        assertThat(Step.of("0.000000000000001").text(1)).isEqualTo("0.000000000000001");
        assertThat(Step.of("100").text(12)).isEqualTo("1200");
    }

    @Test
    void aSumThatIsTooLargeStandsAtTheLargestNumber() {
        assertThat(Step.of("100").text(Long.MAX_VALUE / 10)).isEqualTo(Long.toString(Long.MAX_VALUE));
        assertThat(Step.of("100").text(-Long.MAX_VALUE / 10)).isEqualTo("-" + Long.MAX_VALUE);
        assertThat(Step.of("0.01").text(Long.MAX_VALUE)).isEqualTo("92233720368547758.07");
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 100.5, 10050",
        "0.01, 100.50000, 10050",
        "0.01, 1.005e2, 10050",
        "0.01, 1005E-1, 10050",
        "0.01, 0, 0",
        "0.01, -0.00, 0",
        "0.01, 0e999999999999, 0",
        "0.00000001, 1e-7, 10",
        "0.00000001, 1.41342E-3, 141342",
        "0.05, 0.15, 3",
        "1, 999999999999999, 999999999999999",
        "0.01, 9999999999999.99, 999999999999999",
        "0.01, 100.5000000000000000000000000000000000000000, 10050",
        "0.001, 0.0000000000000000000000000000000000001e36, 100",
    })
    void takesWhatIsAWholeNumberOfSteps(String step, String text, long count) {
        assertThat(Step.of(step).count(text)).isEqualTo(new Quantity.Exact(count));
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.001, OFF_STEP",
        "0.01, 1.000000000000000000000000000000001, OFF_STEP",
        "0.05, 0.12, OFF_STEP",
        "0.01, 1e-400, OFF_STEP",
        "100, 50, OFF_STEP",
        "0.01, 10000000000000, TOO_LARGE",
        "0.01, 1e999999999999999999999, TOO_LARGE",
        "1, 1234567890123456789012345, TOO_LARGE",
        "0.01, -1, NEGATIVE",
        "0.01, -1e400, NEGATIVE",
    })
    void namesWhyItTakesNothing(String step, String text, Quantity.Fault fault) {
        assertThat(Step.of(step).count(text)).isEqualTo(new Quantity.Refused(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "nan",
                "Infinity",
                "-Infinity",
                "null",
                "+1",
                "01",
                "00",
                "1.",
                ".5",
                "1e",
                "1e+",
                "-",
                "--1",
                "1 ",
                " 1",
                "0x10",
                "1_000",
                "1,000",
                "1.2.3",
                "1e1.5",
                "1d",
                "1f",
                "\u0661",
                "1e5e5"
            })
    void whatJsonWouldNotTakeIsNoNumber(String text) {
        assertThat(Step.of("0.01").count(text)).isEqualTo(new Quantity.Refused(Quantity.Fault.NOT_A_NUMBER));
    }

    @Test
    void everyRandomDecimalIsReadAndWrittenAsBigDecimalSays() {
        Seeded.run(random -> {
            for (int i = 0; i < DECIMALS; i++) {
                Step step = step(random);
                assertWritten(step, count(random, step));
                assertRead(step, text(random, step));
            }
        });
    }

    @Test
    void aDoubleCarriesEveryQuantityThereAndBack() {
        Seeded.run(random -> {
            for (int i = 0; i < DECIMALS; i++) {
                Step step = step(random);
                long count = count(random, step);
                String throughADouble = Double.toString(Double.parseDouble(step.text(count)));
                assertThat(step.count(throughADouble)).as(step.text(count)).isEqualTo(new Quantity.Exact(count));
            }
        });
    }

    @Test
    void aStepIsAPositiveDecimalOfFifteenDigits() {
        assertThat(Step.parse("0.010")).contains(new Step(10, 3));
        assertThat(Step.parse("1e-8")).contains(new Step(1, 8));
        assertThat(Step.parse("2.5e3")).contains(new Step(2_500, 0));
        assertThat(Step.parse("0")).isEmpty();
        assertThat(Step.parse("-0.01")).isEmpty();
        assertThat(Step.parse("0.0000000000000001")).isEmpty();
        assertThat(Step.parse("1000000000000000")).isEmpty();
        assertThat(Step.parse("1.0000000000000000000000000000000000000001")).isEmpty();
        assertThat(Step.parse("NaN")).isEmpty();
        assertThat(Step.of("0.0001")).hasToString("0.0001");
        assertThatThrownBy(() -> Step.of("tick")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Step(0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Step(1, 16)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertWritten(Step step, long count) {
        String expected = BigDecimal.valueOf(step.units(), step.places())
                .multiply(BigDecimal.valueOf(count))
                .toPlainString();
        assertThat(step.text(count)).isEqualTo(expected);
        assertThat(step.count(expected)).isEqualTo(new Quantity.Exact(count));
    }

    private static void assertRead(Step step, String text) {
        BigDecimal value = new BigDecimal(text);
        BigDecimal inUnits = value.movePointRight(step.places());
        Quantity expected;
        if (value.signum() < 0) {
            expected = new Quantity.Refused(Quantity.Fault.NEGATIVE);
        } else if (inUnits.setScale(0, RoundingMode.DOWN).compareTo(UNITS_MAX) > 0) {
            expected = new Quantity.Refused(Quantity.Fault.TOO_LARGE);
        } else {
            BigDecimal[] parts = inUnits.divideAndRemainder(BigDecimal.valueOf(step.units()));
            expected = parts[1].signum() == 0
                    ? new Quantity.Exact(parts[0].longValueExact())
                    : new Quantity.Refused(Quantity.Fault.OFF_STEP);
        }
        assertThat(step.count(text)).as("%s in steps of %s", text, step).isEqualTo(expected);
    }

    private static Step step(Random random) {
        return new Step(random.nextBoolean() ? 1 : 1 + random.nextInt(500), random.nextInt(13));
    }

    private static long count(Random random, Step step) {
        return random.nextLong(step.countMax()) >>> random.nextInt(50);
    }

    /** Multiples of the step and their neighbours, in every notation, and numbers that have nothing to do with it. */
    private static String text(Random random, Step step) {
        BigDecimal value = random.nextInt(3) == 0
                ? new BigDecimal(new BigInteger(1 + random.nextInt(80), random), random.nextInt(30) - 5)
                : new BigDecimal(step.text(Math.min(step.countMax(), random.nextLong() >>> (14 + random.nextInt(50)))));
        if (random.nextInt(4) == 0) {
            value = value.add(new BigDecimal(BigInteger.ONE, random.nextInt(25)));
        }
        if (random.nextInt(10) == 0) {
            value = value.negate();
        }
        value = random.nextInt(3) == 0 ? value.setScale(value.scale() + random.nextInt(5)) : value;
        return random.nextBoolean() ? value.toPlainString() : value.toString();
    }
}

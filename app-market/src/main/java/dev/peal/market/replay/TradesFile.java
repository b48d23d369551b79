package dev.peal.market.replay;

import dev.peal.market.book.Side;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads a CSV of trades, plain or gzipped: the line {@code time_ms,symbol,trade_id,side,price,size}, then a trade on each. Within a symbol time does not go back and
 * ids rise; prices and sizes are positive decimals, taken exactly as they are written.
 */
public final class TradesFile {
    /** What the first line says. */
    public static final String HEADER = "time_ms,symbol,trade_id,side,price,size";

    /** The most trades of a file; they are held in memory, about 35 bytes each. */
    public static final int TRADES_MAX = 10_000_000;

    private static final String SAMPLE = "trades.csv.gz";
    private static final int FIELDS = 6;
    private static final int GZIP_MAGIC = 0x1F8B;
    /** April 2262: as nanoseconds it still fits in a long. */
    private static final long TIME_MAX = 9_223_372_036_854L;

    private final int firstId;
    private final int tradesMax;
    private final Map<String, TradeColumns> bySymbol = new LinkedHashMap<>();
    private int line;
    private int trades;

    private TradesFile(int firstId, int tradesMax) {
        this.firstId = firstId;
        this.tradesMax = tradesMax;
    }

    /**
     * Reads all of a file; closes nothing.
     *
     * @param firstId id of the first symbol; the others follow as they appear
     * @throws BrokenLineException if a line is no trade
     */
    public static List<Recording> read(InputStream file, int firstId) throws IOException {
        return read(file, firstId, TRADES_MAX);
    }

    /** Real trades that come with the program: 12,476 of XRP-ETH in October 2019, and 1,000 of ETH-USDT on 2023-02-02. */
    public static List<Recording> sample(int firstId) throws IOException {
        try (InputStream file = TradesFile.class.getResourceAsStream(SAMPLE)) {
            return read(Objects.requireNonNull(file, "the sample is missing from the program"), firstId);
        }
    }

    static List<Recording> read(InputStream file, int firstId, int tradesMax) throws IOException {
        return new TradesFile(firstId, tradesMax).read(new BufferedInputStream(file));
    }

    private List<Recording> read(BufferedInputStream file) throws IOException {
        InputStream text = gzipped(file) ? new GZIPInputStream(file) : file;
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        for (String next = lines.readLine(); next != null; next = lines.readLine()) {
            line++;
            if (line > 1) {
                trade(next);
            } else if (!next.equals(HEADER)) {
                throw broken("not the header " + HEADER);
            }
        }
        if (line == 0) {
            throw new BrokenLineException(1, "not the header " + HEADER);
        }
        return recordings();
    }

    private void trade(String text) throws BrokenLineException {
        String[] fields = text.split(",", -1);
        if (fields.length != FIELDS) {
            throw broken(fields.length + " fields in place of " + FIELDS);
        }
        if (++trades > tradesMax) {
            throw broken("more than " + tradesMax + " trades");
        }
        if (!Symbol.isName(fields[1])) {
            throw broken("symbol is no name");
        }
        TradeColumns columns = bySymbol.computeIfAbsent(fields[1], name -> new TradeColumns());
        long time = number("time_ms", fields[0], TIME_MAX);
        long id = number("trade_id", fields[2], Long.MAX_VALUE);
        boolean buy = side(fields[3]);
        Step price = decimal("price", fields[4], columns.prices());
        Step size = decimal("size", fields[5], columns.sizes());
        int last = columns.size() - 1;
        if (last >= 0 && time < columns.timeMillis(last)) {
            throw broken("time_ms is before that of the symbol's trade before");
        }
        if (last >= 0 && id <= columns.id(last)) {
            throw broken("trade_id is not above that of the symbol's trade before");
        }
        columns.add(time, id, buy, price, size);
    }

    private long number(String field, String text, long max) throws BrokenLineException {
        try {
            long value = text.startsWith("+") ? -1 : Long.parseLong(text);
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw broken(field + " is no whole number from 0 to " + max);
    }

    private boolean side(String text) throws BrokenLineException {
        for (Side side : Side.values()) {
            if (side.wire().equals(text)) {
                return side == Side.BUY;
            }
        }
        throw broken("side is neither buy nor sell");
    }

    /** A decimal is a number of units of its last place, which is all that a step is. */
    private Step decimal(String field, String text, TradeColumns.Numbers column) throws BrokenLineException {
        Optional<Step> number = Step.parse(text);
        if (number.isEmpty()) {
            throw broken(field + " is no positive decimal of at most " + Step.DIGITS_MAX + " digits");
        }
        if (!column.holds(number.get())) {
            throw broken(field + " has more than " + Step.DIGITS_MAX
                    + " digits with the places of the symbol's finest, or makes an earlier one have them");
        }
        return number.get();
    }

    private List<Recording> recordings() {
        List<Recording> recordings = new ArrayList<>();
        bySymbol.forEach((name, columns) -> {
            Step tick = Step.ofPlaces(columns.prices().placesMax());
            Step lot = Step.ofPlaces(columns.sizes().placesMax());
            recordings.add(new Recording(new Symbol(name, firstId + recordings.size(), tick, lot), columns));
        });
        return recordings;
    }

    private BrokenLineException broken(String what) {
        return new BrokenLineException(line, what);
    }

    private static boolean gzipped(BufferedInputStream file) throws IOException {
        file.mark(2);
        int magic = file.read() << 8 | file.read();
        file.reset();
        return magic == GZIP_MAGIC;
    }
}

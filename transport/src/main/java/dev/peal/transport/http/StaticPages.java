package dev.peal.transport.http;

import dev.peal.auth.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The pages in the class path, read once at start and kept in memory, plain and gzipped. A request is looked up among the files that exist; its path is never
 * joined to a folder, so there is nothing to escape from.
 *
 * <p>Immutable, thread-safe.
 */
public final class StaticPages {
    /** The content security policy of every page: nothing but this server's own files. */
    static final String CONTENT_SECURITY_POLICY = policy("'self' data:");

    /** That of the documents' page, which shows the pictures that a document names, wherever they are. */
    static final String POLICY_WITH_PICTURES = policy("'self' data: https:");

    private static final String DOCUMENTS = "/docs/";

    /** A name with its content's hash in it, as Vite writes them: what it names never changes. */
    private static final Pattern HASHED = Pattern.compile("/assets/.*-[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"));

    private final Map<String, Page> pages;

    private static String policy(String pictures) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + pictures
                + "; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private StaticPages(Map<String, Page> pages) {
        this.pages = Map.copyOf(pages);
    }

    /**
     * Reads all files under a folder of the class path; none where there is no such folder.
     *
     * @param folder as {@code META-INF/peal/web}
     * @throws UncheckedIOException where the class path cannot be read
     */
    public static StaticPages load(ClassLoader classes, String folder) {
        URL url = classes.getResource(folder);
        if (url == null) {
            return new StaticPages(Map.of());
        }
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry without a URI: " + url, e);
        }
    }

    private static StaticPages read(Path root) throws IOException {
        Map<String, Page> pages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = "/" + root.relativize(file).toString().replace('\\', '/');
                Page page = Page.of(path, Files.readAllBytes(file));
                pages.put(path, page);
                if (path.endsWith("/index.html")) {
                    String folder = path.substring(0, path.length() - "index.html".length());
                    pages.put(folder, page);
                    if (folder.length() > 1) {
                        pages.put(folder.substring(0, folder.length() - 1), page);
                    }
                }
            }
        }
        return new StaticPages(pages);
    }

    /** Adds a route for every page. */
    public void addTo(Routes.Builder routes) {
        pages.forEach((path, page) -> routes.get(path, page));
    }

    /** The paths that are answered. */
    public List<String> paths() {
        return pages.keySet().stream().sorted().toList();
    }

    /** One file, ready to be sent. */
    private record Page(String etag, Response plain, Response gzipped) implements HttpHandler {
        static Page of(String path, byte[] bytes) throws IOException {
            String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
            String etag = '"' + hash(bytes) + '"';
            Response plain = Response.of(200, type, bytes)
                    .with("ETag", etag)
                    .with("Vary", "Accept-Encoding")
                    .with(
                            "Cache-Control",
                            HASHED.matcher(path).matches() ? "public, max-age=31536000, immutable" : "no-cache");
            if (type.startsWith("text/html")) {
                plain = plain.with(
                                "Content-Security-Policy",
                                path.startsWith(DOCUMENTS) ? POLICY_WITH_PICTURES : CONTENT_SECURITY_POLICY)
                        .with("X-Frame-Options", "DENY")
                        .with("Cross-Origin-Opener-Policy", "same-origin")
                        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            }
            byte[] small = gzip(bytes);
            Response gzipped = small.length < bytes.length
                    ? new Response(200, plain.headers(), small).with("Content-Encoding", "gzip")
                    : plain;
            return new Page(etag, plain, gzipped);
        }

        @Override
        public CompletionStage<Response> handle(Request request) {
            boolean gzip =
                    request.header("Accept-Encoding").filter(Page::acceptsGzip).isPresent();
            Response page = gzip ? gzipped : plain;
            boolean known =
                    request.header("If-None-Match").filter(this::isKnown).isPresent();
            return CompletableFuture.completedStage(known ? page.bodiless(304) : page);
        }

        private boolean isKnown(String tags) {
            return Stream.of(tags.split(","))
                    .map(String::strip)
                    .anyMatch(tag -> tag.equals(etag) || tag.equals("W/" + etag));
        }

        private static boolean acceptsGzip(String codings) {
            return Stream.of(codings.split(","))
                    .map(String::strip)
                    .anyMatch(c -> c.equals("gzip") || c.startsWith("gzip;q=1"));
        }

        private static String hash(byte[] bytes) {
            return Sha256.base64Url(bytes).substring(0, 22);
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        }
    }
}

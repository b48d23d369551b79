package dev.peal.transport.http;

/** What a request is answered with. */
public sealed interface HttpAnswer permits Response, OpenResponse {
    /** The same with one header more, or replaced. */
    HttpAnswer with(String name, String value);
}

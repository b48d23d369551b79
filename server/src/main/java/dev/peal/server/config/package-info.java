/**
 * Every setting of the server: declared once in {@link dev.peal.server.config.Keys}, read from {@code peal.yaml}, the environment and flags, checked, explained.
 *
 * <p>Pure values once read, for any thread. A wrong key, value or pair is one {@link dev.peal.server.config.ConfigException} with one line that names the key and
 * what it wants. Nothing here opens a socket or a log; what a setting means is its reader's business.
 */
@NullMarked
package dev.peal.server.config;

import org.jspecify.annotations.NullMarked;

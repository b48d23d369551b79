package dev.peal.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a server for the tests of a class: in {@code open} mode, on a free port of this machine. Tests may have parameters of the types {@link dev.peal.client.PealClient} (a
 * client that is signed in, as {@code user1}, {@code user2}, … or as {@link User} says), {@link java.net.URI} (the server's address) and
 * {@link dev.peal.server.PealServer}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PealExtension.class)
public @interface PealTest {
    /** Settings as {@code key=value}, over the extension's own. */
    String[] value() default {};
}

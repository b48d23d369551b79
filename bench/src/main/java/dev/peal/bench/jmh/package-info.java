/**
 * Micro-benchmarks (JMH) of the paths that every frame takes: the codec, the envelope, the fan-out; and of documents and their operations. Each runs in a JVM and on a thread of its own. A test runs the
 * fan-out with the allocation profiler on every build; the others are for whoever changes what they measure:
 * {@code java -cp 'bench/target/peal/lib/*' org.openjdk.jmh.Main}.
 */
@NullMarked
package dev.peal.bench.jmh;

import org.jspecify.annotations.NullMarked;

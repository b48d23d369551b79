package dev.peal.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test in which something passed that the AsyncAPI document does not describe. Registered for every test of this module as a service. */
public final class ContractExtension implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(Overheard.problems()).as("not as asyncapi.json says").isEmpty();
    }
}

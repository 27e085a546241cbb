package dev.or3.tck.suites.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllureAttachmentTest {
    private final AllureLifecycle before = Allure.getLifecycle();
    private final Written written = new Written();

    @AfterEach
    void restore() {
        Allure.setLifecycle(before);
    }

    @Test
    void aCounterexampleIsAttachedToTheRunningTest() {
        AllureLifecycle lifecycle = new AllureLifecycle(written);
        Allure.setLifecycle(lifecycle);
        TestResult test = new TestResult().setUuid("t1");
        lifecycle.scheduleTestCase(test);
        lifecycle.startTestCase("t1");

        AllureAttachment.add("counterexample", "because … yet …");

        assertThat(test.getAttachments()).hasSize(1).allMatch(attachment -> attachment.getName().equals("counterexample"));
        assertThat(written.attachments).containsExactly("because … yet …");
    }

    @Test
    void nothingIsWrittenWhereNoTestRuns() {
        Allure.setLifecycle(new AllureLifecycle(written));
        AllureAttachment.add("counterexample", "because … yet …");
        assertThat(written.attachments).isEmpty();
    }

    private static final class Written implements AllureResultsWriter {
        private final List<String> attachments = new ArrayList<>();

        @Override
        public void write(TestResult testResult) {
            // Of no interest here.
        }

        @Override
        public void write(TestResultContainer testResultContainer) {
            // Of no interest here.
        }

        @Override
        public void write(String source, InputStream attachment) {
            try {
                attachments.add(new String(attachment.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

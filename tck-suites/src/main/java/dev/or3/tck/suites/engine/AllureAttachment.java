package dev.or3.tck.suites.engine;

import io.qameta.allure.Allure;

/** Attachments of the running test in Allure, if that is on the class path. */
final class AllureAttachment {
    private AllureAttachment() {
    }

    static void add(String name, String text) {
        try {
            if (Allure.getLifecycle().getCurrentTestCase().isPresent()) {
                Allure.addAttachment(name, text);
            }
        } catch (NoClassDefFoundError absent) {
            // Nobody asked for Allure: the failure itself carries the text.
        }
    }
}

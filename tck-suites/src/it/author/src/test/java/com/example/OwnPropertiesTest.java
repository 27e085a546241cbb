package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.engine.JqwikTestEngine;

/** The author's own jqwik, beside the one that the kit brings under another name. */
class OwnPropertiesTest {
    @Property(tries = 50)
    boolean stillRun(@ForAll int number) {
        return Integer.parseInt(String.valueOf(number)) == number;
    }

    @Property(tries = 1)
    void byTheAuthorsOwnEngine() {
        assertThat(JqwikTestEngine.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .endsWith("/jqwik-engine-1.9.3.jar");
    }
}

package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.result.Counterexample;
import org.junit.jupiter.api.Test;

class CounterexampleTextTest {

    @Test
    void a_race_reads_from_the_rule_to_the_command_that_runs_it_again() {
        assertThat(CounterexampleText.render(Samples.race(), TerminalStyle.PLAIN)).isEqualTo("""
                ✗ PUSH-05  must · sqlite-provider-requirements 3.1
                  The provider numbers the log of a workspace 1, 2, 3 … without gap or repeat, however many clients
                  push at once.

                  Because c1 was told that a3 has version 4, no other operation can have it; yet c2, pushing at the
                  same time, was told that b1 has version 4.

                  expected  a3 → v4 and b1 → v5, or the other way round
                  actual    a3 → v4 and b1 → v4

                    c1 (w1, d1)                                     c2 (w1, d2)
                    ┌ push [a1 put threads/k1 clock 1, a2 put
                    │ threads/k2 clock 1]
                    └ a1 → v2, a2 → v3
                  ▸ ┌ push [a3 put threads/k1 clock 5]
                  ▸ │                                               ┌ push [b1 put kv/k1 clock 1]
                  ▸ └ a3 → v4                                       │
                  ▸                                                 └ b1 → v4
                                                                    ┌ pull cursor 3 limit 50
                                                                    └ [v4 b1], nextCursor 4, hasMore false

                  the log
                      v1                        │ v2                        │ v3
                      z1 put threads/k1 clock 0 │ a1 put threads/k1 clock 1 │ a2 put threads/k2 clock 1
                      ▸v4                  │ v5
                      b1 put kv/k1 clock 1 │ (nothing)

                  what usually causes it
                    · the counter is read and written in two transactions, or in one that takes its lock only at the
                      write
                    · the next version is kept in memory, and another process wrote meanwhile

                  seed 42, plan 17: 4 operations of 2 clients
                  came back in 14 of 20 runs: probably a race
                  saved in    counterexamples/PUSH-05.json
                  run again   ./or3-tck replay build/tck/counterexamples/PUSH-05.json
                  by curl     sh build/tck/counterexamples/PUSH-05.sh http://127.0.0.1:4100
                """);
    }

    @Test
    void a_call_without_an_answer_ends_where_its_client_went_on() {
        assertThat(CounterexampleText.render(Samples.resurrection(), TerminalStyle.PLAIN)).contains("""
                  ▸ ┌ push [a2 put threads/k1 clock 3]
                  ▸ ╳ no answer: it may have taken effect, or may yet
                  ▸ ┌ snapshot
                  ▸ └ at 2: row threads/k1 clock 3
                """);
    }

    @Test
    void more_than_three_clients_get_a_rail_each() {
        assertThat(CounterexampleText.render(Samples.crowd(), TerminalStyle.PLAIN)).contains("""
                    ┌ · · · ·  c1: push [a1 put threads/k1 clock 1]
                  ▸ │ ┌ · · ·  c2: push [b2 put threads/k2 clock 2]
                    │ │ ┌ · ·  c3: push [e3 put kv/k1 clock 1]
                    │ │ │ ┌ ·  c4: updateCursor d1 6
                    └ │ │ │ ·  c1: a1 → v7
                    · │ │ └ ·  c4: ok
                """).contains("seen once: did not come back in 20 runs");
    }

    @Test
    void of_sixty_calls_the_witnesses_and_their_neighbours_stay() {
        Counterexample crowded = Samples.hostile().rules().stream().filter(rule -> rule.counterexample() != null)
                .findFirst().orElseThrow().counterexample();
        String text = CounterexampleText.render(crowded, TerminalStyle.PLAIN);
        assertThat(text).contains("(36 calls left out)", "(24 versions left out)");
        assertThat(Lanes.of(crowded.timeline()).rows()).filteredOn(row -> row.moment().witness()).hasSize(4);
    }
}

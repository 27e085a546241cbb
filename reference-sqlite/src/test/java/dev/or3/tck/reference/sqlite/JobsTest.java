package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.jobs.Jobs.Chunk;
import dev.or3.tck.api.jobs.Jobs.Completion;
import dev.or3.tck.api.jobs.Jobs.Failure;
import dev.or3.tck.api.jobs.Jobs.Job;
import dev.or3.tck.api.jobs.Jobs.JobOfUser;
import dev.or3.tck.api.jobs.Jobs.JobRef;
import dev.or3.tck.api.jobs.Jobs.JobStatus;
import dev.or3.tck.api.jobs.Jobs.NewJob;
import dev.or3.tck.api.jobs.Jobs.Nothing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    private static final Caller ME = Caller.of("me", "w");
    private static final Caller OTHER = Caller.of("other", "w");

    @TempDir
    Path directory;

    private Provider open() {
        return new SqliteProvider(ProviderConfig.in(directory));
    }

    private static String create(Provider at, Caller caller) {
        return at.jobs().createJob(caller, new NewJob(caller.userId(), "t", "m", "model", null));
    }

    private static Job get(Provider at, String job) {
        return at.jobs().getJob(ME, new JobOfUser(job, "me"));
    }

    private static void write(Provider at, String job, String chunk) {
        at.jobs().updateJob(ME, new Chunk(job, chunk, null));
    }

    @Test
    void theLimitOfAUserHoldsAcrossInstancesOnOneFile() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Provider one = open(); Provider other = open()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Provider at = i % 2 == 0 ? one : other;
                calls.add(() -> {
                    try {
                        create(at, ME);
                        return 0;
                    } catch (ProviderException e) {
                        return e.status();
                    }
                });
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(status -> status == 0).hasSize(5);
            assertThat(answers).containsOnly(0, 429);
            assertThat(one.jobs().getActiveJobCount(null, new Nothing())).isEqualTo(5);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aJobAndItsChunksOutliveTheProcess() {
        String job;
        try (Provider provider = open()) {
            job = create(provider, ME);
            write(provider, job, "half of a pair: \ud83d");
        }
        try (Provider provider = open()) {
            write(provider, job, "\ude80\u0000end");
            assertThat(get(provider, job).content()).isEqualTo("half of a pair: \ud83d\ude80\u0000end");
            provider.jobs().completeJob(ME, new Completion(job, "whole"));
        }
        try (Provider provider = open()) {
            assertThat(get(provider, job)).extracting(Job::content, Job::status).containsExactly("whole", JobStatus.COMPLETE);
            assertThat(get(provider, job).completedAt()).isNotNull();
        }
    }

    @Test
    void whatHasEndedStaysAsItIs() {
        try (Provider provider = open()) {
            String job = create(provider, ME);
            write(provider, job, "a");
            assertThat(provider.jobs().abortJob(OTHER, new JobOfUser(job, "other"))).isFalse();
            assertThat(provider.jobs().abortJob(ME, new JobOfUser(job, "me"))).isTrue();
            assertThat(provider.jobs().abortJob(ME, new JobOfUser(job, "me"))).isFalse();
            assertThat(provider.jobs().checkJobAborted(ME, new JobRef(job))).isTrue();
            assertThatThrownBy(() -> write(provider, job, "b")).hasMessageContaining("ended");
            assertThatThrownBy(() -> provider.jobs().completeJob(ME, new Completion(job, "b"))).hasMessageContaining("ended");
            assertThatThrownBy(() -> provider.jobs().failJob(ME, new Failure(job, "b"))).hasMessageContaining("ended");
            assertThat(get(provider, job)).extracting(Job::content, Job::status, Job::error)
                    .containsExactly("a", JobStatus.ABORTED, null);
            assertThat(provider.jobs().getJob(OTHER, new JobOfUser(job, "other"))).isNull();
            assertThatThrownBy(() -> write(provider, "no-such-job", "b")).hasMessageContaining("no such job");
        }
    }

    @Test
    void aCleanupEndsWhatNobodyWritesToAndForgetsWhatEndedLongAgo() {
        try (Provider provider = open()) {
            String idle = create(provider, ME);
            String active = create(provider, ME);
            write(provider, idle, "a");
            provider.controls().clock(200);
            write(provider, active, "b");
            assertThat(provider.jobs().cleanupExpired(null, new Nothing())).isZero();
            provider.controls().clock(400);
            assertThat(provider.jobs().cleanupExpired(null, new Nothing())).isEqualTo(1);
            assertThat(get(provider, idle)).extracting(Job::status, Job::content, Job::error)
                    .containsExactly(JobStatus.ERROR, "a", "timed out");
            assertThat(get(provider, active).status()).isEqualTo(JobStatus.STREAMING);
            provider.controls().clock(800);
            assertThat(provider.jobs().cleanupExpired(null, new Nothing())).isEqualTo(2);
            assertThat(get(provider, idle)).isNull();
        }
        assertThat(Rig.count(directory, "job_chunks")).isEqualTo(1);
    }
}

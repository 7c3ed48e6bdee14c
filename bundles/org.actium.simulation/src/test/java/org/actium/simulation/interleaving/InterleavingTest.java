package org.actium.simulation.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.actium.simulation.engine.Ending;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.Limits;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Strategy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class InterleavingTest {

    private static final double PREEMPTION = 0.2;
    private static final int FEW = 100;

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    /** What came of one run. */
    private record Ran(String verdict, long hash, long nanos) {}

    private static Constructor<?> loaded(Class<? extends Race> race, boolean woven) throws Exception {
        Predicate<String> own = name -> name.startsWith(Races.class.getName());
        ClassLoader loader = new InterleavingClassLoader(
                Races.class.getClassLoader(), own, name -> woven && own.test(name), Map.of());
        Constructor<?> constructor = loader.loadClass(race.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor;
    }

    private static Ran run(Constructor<?> race, long seed, Strategy strategy) throws Exception {
        Race running = (Race) race.newInstance();
        Scheduler scheduler = new Scheduler(new RandomStreams(seed), strategy, Limits.DEFAULT, 0, PREEMPTION);
        Lane lane = scheduler.lane("h1");
        running.threads().forEach(thread -> scheduler.start(lane, thread));
        Ending ending = scheduler.run();
        assertThat(ending).isEqualTo(new Ending.Quiet());
        return new Ran(running.verdict(), scheduler.hash(), scheduler.now());
    }

    /** The first of a few seeds with which it goes wrong. */
    private static OptionalLong found(Class<? extends Race> race, boolean woven, Strategy strategy) throws Exception {
        Constructor<?> constructor = loaded(race, woven);
        for (long seed = 0; seed < FEW; seed++) {
            if (!run(constructor, seed, strategy).verdict().isEmpty()) {
                return OptionalLong.of(seed);
            }
        }
        return OptionalLong.empty();
    }

    private static void assertFoundOnlyWhenWoven(Class<? extends Race> race) throws Exception {
        for (Strategy strategy : List.of(Strategy.random(), Strategy.pct(3, 20))) {
            assertThat(found(race, true, strategy)).as("%s, woven", strategy).isPresent();
            assertThat(found(race, false, strategy))
                    .as("%s, not woven", strategy)
                    .isEmpty();
        }
    }

    @Test
    public void anUpdateOfAVolatileFieldIsLost() throws Exception {
        assertFoundOnlyWhenWoven(Races.LostUpdate.class);
    }

    @Test
    public void anUpdateOfAPlainFieldIsLost() throws Exception {
        assertFoundOnlyWhenWoven(Races.LostPlainUpdate.class);
    }

    @Test
    public void aWakeUpBetweenLookingAndParkingIsLost() throws Exception {
        assertFoundOnlyWhenWoven(Races.LostWakeUp.class);
    }

    @Test
    public void whatIsNotCheckedUnderTheLockIsMadeTwice() throws Exception {
        assertFoundOnlyWhenWoven(Races.DoubleChecked.class);
    }

    @Test
    public void aConcurrentMapThatIsAskedAndThenFilledIsFilledTwice() throws Exception {
        assertFoundOnlyWhenWoven(Races.CheckThenPut.class);
    }

    @Test
    public void whatIsQueuedBeforeTheFlagFallsIsForgotten() throws Exception {
        assertFoundOnlyWhenWoven(Races.ForgottenElement.class);
    }

    @Test
    public void nothingGoesWrongInCorrectPrograms() throws Exception {
        assertThat(found(Races.Guarded.class, true, Strategy.random())).isEmpty();
        assertThat(found(Races.Guarded.class, true, Strategy.pct(3, 20))).isEmpty();
    }

    @Test
    public void nobodyGivesWayWhileAMapComputes() throws Exception {
        assertThat(found(Races.Computed.class, true, Strategy.random())).isEmpty();
    }

    @Test
    public void nobodyGivesWayWhileAnObjectIsWritten() throws Exception {
        assertThat(found(Races.Written.class, true, Strategy.random())).isEmpty();
    }

    @Test
    public void theSameSeedIsTheSameRunAlsoWhenClassesAreNewToTheJvm() throws Exception {
        for (Class<? extends Race> race : List.of(Races.Initialized.class, Races.Cached.class)) {
            for (long seed = 0; seed < FEW; seed++) {
                Constructor<?> constructor = loaded(race, true);
                Ran first = run(constructor, seed, Strategy.random());
                assertThat(run(constructor, seed, Strategy.random()))
                        .as("%s, seed %d", race.getSimpleName(), seed)
                        .isEqualTo(first);
            }
        }
    }

    @Test
    public void timePassesBetweenTwoPointsNowAndThen() throws Exception {
        Constructor<?> race = loaded(Races.Guarded.class, true);
        int late = 0;
        for (long seed = 0; seed < FEW; seed++) {
            late += run(race, seed, Strategy.random()).nanos() > 0 ? 1 : 0;
        }
        assertThat(late).as("runs in which a thread was put aside").isBetween(1, FEW - 1);
    }

    @Test
    public void pointsDoNothingOutsideOfASimulation() throws Exception {
        Race race = (Race) loaded(Races.LostUpdate.class, true).newInstance();
        race.threads().forEach(Runnable::run);
        assertThat(race.verdict()).isEmpty();
    }

    @Test
    public void aReplacedClassIsUsedInsteadOfTheOneOnTheClassPath() throws Exception {
        String name = Races.LostUpdate.class.getName();
        byte[] original;
        try (InputStream in = Races.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            original = in.readAllBytes();
        }
        byte[] otherText = new String(original, StandardCharsets.ISO_8859_1)
                .replace("an update was lost", "AN UPDATE WAS LOST")
                .getBytes(StandardCharsets.ISO_8859_1);
        ClassLoader loader = new InterleavingClassLoader(
                Races.class.getClassLoader(), name::equals, loaded -> false, Map.of(name, otherText));
        Constructor<?> constructor = loader.loadClass(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        assertThat(((Race) constructor.newInstance()).verdict()).isEqualTo("AN UPDATE WAS LOST");
    }
}

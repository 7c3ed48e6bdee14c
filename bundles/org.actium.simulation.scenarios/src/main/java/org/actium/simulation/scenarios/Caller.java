package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.actium.object.api.ActiveContext;
import org.actium.simulation.Machine;

/** Calls workers in every way there is, as chance has it. */
public class Caller {

    private static final int MOST_HOPS = 3;

    /** @return once all its calls have ended, one way or the other */
    public Receipt run(Errand errand) {
        String self = ActiveContext.current().name();
        new Round(errand, new Voice(self, errand.faulty())).go();
        return new Receipt(self);
    }

    private static final class Round {

        private final Errand errand;
        private final Voice voice;
        private final SplittableRandom random;
        private final List<Voice.Pending> pending = new ArrayList<>();

        Round(Errand errand, Voice voice) {
            this.errand = errand;
            this.voice = voice;
            this.random = new SplittableRandom(errand.seed());
        }

        void go() {
            if (errand.faulty()) {
                // from here on there is a link to everybody, for faults to hit
                errand.peers().forEach(peer -> voice.count(peer, Content.data(random), 0, 0));
            }
            for (int left = errand.calls(); left > 0; left--) {
                rest();
                call();
                if (!pending.isEmpty() && random.nextInt(3) == 0) {
                    hearOne();
                }
            }
            while (!pending.isEmpty()) {
                hearOne();
            }
            voice.readAgain();
        }

        private void rest() {
            long most = 2 * errand.lasting().toNanos() / errand.calls();
            if (most > 0) {
                Machine.current().sleep(Duration.ofNanos(random.nextLong(most)));
            }
        }

        private void call() {
            Peer peer = errand.peers().get(random.nextInt(errand.peers().size()));
            int hops = random.nextInt(MOST_HOPS + 1);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> voice.tell(peer, content(peer), hops, random.nextLong());
                case 3, 4 -> voice.count(peer, content(peer), hops, random.nextLong());
                default -> pending.add(voice.ask(peer, content(peer), hops, random.nextLong()));
            }
        }

        private Content content(Peer to) {
            if (random.nextInt(6) == 0) {
                return new Content.Contact(
                        errand.peers().get(random.nextInt(errand.peers().size())));
            }
            List<Peer> higher = errand.peers().stream()
                    .filter(peer -> peer.rank() > to.rank())
                    .toList();
            if (!higher.isEmpty() && random.nextInt(6) == 0) {
                Voice.Pending promise =
                        voice.ask(higher.get(random.nextInt(higher.size())), Content.data(random), 0, 0);
                pending.add(promise);
                return promise.receipt()
                        .<Content>map(
                                receipt -> new Content.Promise(promise.message().name(), receipt))
                        .orElseGet(() -> Content.data(random));
            }
            return Content.data(random);
        }

        private void hearOne() {
            voice.hear(pending.remove(random.nextInt(pending.size())));
        }
    }
}

package org.actium.deadlock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/**
 * Active objects that do at random what active objects do: call, wait, pass futures on as arguments and as results, answer
 * through another thread, wait for room. Messages between two runtimes arrive in order, everything else in any order.
 * Unlike the detectors, the model sees all of it at once and so knows who can still go on.
 */
final class ModelledWorld {

    private static final int ROOM = 2;
    private static final String IN_TURN = "inTurn()V";
    private static final String AT_ONCE = "atOnce()V";

    private final RandomGenerator random;
    private final List<Site> sites = new ArrayList<>();
    private final List<Body> bodies = new ArrayList<>();
    private final Map<List<Site>, Deque<Runnable>> links = new LinkedHashMap<>();
    private final List<Runnable> threads = new ArrayList<>(); // what other threads still have to do, in any order
    private final List<List<WaitId>> reports = new ArrayList<>();
    private boolean losesProbes;

    ModelledWorld(RandomGenerator random, int runtimes, int objects, boolean losesProbes) {
        this.random = random;
        this.losesProbes = losesProbes;
        for (int i = 0; i < runtimes; i++) {
            sites.add(new Site(i));
        }
        for (int i = 0; i < objects; i++) {
            bodies.add(new Body(sites.get(i % runtimes), i));
        }
    }

    /** What is reported, in the order of the reports. */
    List<List<WaitId>> reports() {
        return reports;
    }

    // ---- what happens

    /** One thing happens, somewhere; detection goes on at the same time. */
    void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> any(bodies).act();
            case 4 -> suspectSome();
            default -> deliverSomething();
        }
    }

    /** Nobody does anything new, everything under way arrives, and nothing more is lost. */
    void comeToRest() {
        losesProbes = false;
        while (deliverSomething()) {}
    }

    /** Everybody who waits is suspected, as after a long time. */
    void suspectAll() {
        for (Site site : sites) {
            site.suspect(site.waits());
        }
    }

    private void suspectSome() {
        Site site = any(sites);
        site.suspect(site.waits().stream().filter(_ -> random.nextBoolean()).toList());
    }

    private boolean deliverSomething() {
        List<Deque<Runnable>> busy =
                links.values().stream().filter(link -> !link.isEmpty()).toList();
        int choices = busy.size() + threads.size();
        if (choices == 0) {
            return false;
        }
        int choice = random.nextInt(choices);
        if (choice < busy.size()) {
            busy.get(choice).remove().run();
        } else {
            threads.remove(choice - busy.size()).run();
        }
        return true;
    }

    private void send(Site from, Site to, Runnable arrival) {
        if (from == to) {
            arrival.run();
        } else {
            links.computeIfAbsent(List.of(from, to), _ -> new ArrayDeque<>()).add(arrival);
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    // ---- what is true

    /** The circles there are, each from its lowest wait. */
    Set<List<WaitId>> circles() {
        Set<Body> stuck = stuck();
        Set<List<WaitId>> circles = new LinkedHashSet<>();
        for (Body start : stuck) {
            List<WaitId> path = new ArrayList<>();
            Set<Body> met = new HashSet<>();
            Body body = start;
            while (stuck.contains(body) && body.waitsForOne && met.add(body)) {
                path.add(body.waitId());
                body = body.waitsFor();
            }
            if (body == start && !path.isEmpty()) {
                circles.add(normal(path));
            }
        }
        return circles;
    }

    /** Those who can never go on, because only others of them could help. */
    private Set<Body> stuck() {
        Set<Body> live = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Body body : bodies) {
                more |= body.canGoOn(live) && live.add(body);
            }
        }
        Set<Body> stuck = new LinkedHashSet<>(bodies);
        stuck.removeAll(live);
        return stuck;
    }

    static List<WaitId> normal(List<WaitId> circle) {
        List<WaitId> rotated = new ArrayList<>(circle);
        Collections.rotate(rotated, -circle.indexOf(Collections.min(circle)));
        return rotated;
    }

    // ---- of what it consists

    /** A future in one runtime. */
    private static final class Slot {
        final Call call; // whose reply it is; null if it was passed on to here
        Slot original; // what it gets its value from, if not from a reply
        Site from; // where the original is
        long number; // under which it was passed on
        boolean known;
        final List<Runnable> followers = new ArrayList<>();

        Slot(Call call) {
            this.call = call;
        }

        void become() {
            known = true;
            followers.forEach(Runnable::run);
        }

        void whenKnown(Runnable action) {
            if (known) {
                action.run();
            } else {
                followers.add(action);
            }
        }

        boolean canBecomeKnown(Set<Body> live) {
            Slot end = end();
            return end != null && (end.known || end.call == null || end.call.canBeAnswered(live));
        }

        /** Who is to answer in the end; {@code null} if it is known, or about to be, or depends on nobody but itself. */
        Body producer() {
            Slot end = end();
            return end == null || end.known || end.call == null || end.call.answered || end.call.atOnce
                    ? null
                    : end.call.target;
        }

        /** Where its value comes from in the end; {@code null} if that is itself. */
        private Slot end() {
            Set<Slot> met = new HashSet<>();
            Slot slot = this;
            while (!slot.known && slot.original != null) {
                if (!met.add(slot)) {
                    return null;
                }
                slot = slot.original;
            }
            return slot;
        }
    }

    /** A call, from its caller to its target. */
    private static final class Call {
        final Body caller;
        final Body target;
        final boolean atOnce;
        final Slot argument; // null if there is none
        final Slot reply = new Slot(this);
        final long sequence;
        boolean answered; // by the target
        boolean arrived; // the answer, at the caller's runtime

        Call(Body caller, Body target, boolean atOnce, Slot argument) {
            this.caller = caller;
            this.target = target;
            this.atOnce = atOnce;
            this.argument = argument;
            this.sequence = ++caller.calls;
        }

        boolean canBeAnswered(Set<Body> live) {
            return answered || atOnce || live.contains(target);
        }
    }

    /** An active object. */
    private final class Body {
        final Site site;
        final BodyId id;
        final Deque<Call> queue = new ArrayDeque<>();
        final Deque<Call> heldBack = new ArrayDeque<>();
        final List<Slot> futures = new ArrayList<>();
        final List<Call> unacknowledged = new ArrayList<>();
        Body latestTarget;
        Call serving;
        boolean waits;
        boolean waitsForOne; // without limit, as opposed to for any of several, or with a limit
        Slot awaited; // null if it waits for acknowledgements
        long waitNumber;
        long calls;

        Body(Site site, int number) {
            this.site = site;
            this.id = new BodyId(site.address.id(), number);
            site.bodies.put(id, this);
        }

        WaitId waitId() {
            return new WaitId(id, waitNumber);
        }

        boolean canGoOn(Set<Body> live) {
            if (!waits || !waitsForOne) {
                return true;
            }
            return awaited != null
                    ? awaited.canBecomeKnown(live)
                    : unacknowledged.stream()
                            .allMatch(call -> !call.target.heldBack.contains(call) || live.contains(call.target));
        }

        Body waitsFor() {
            return awaited != null ? awaited.producer() : latestTarget;
        }

        void act() {
            if (waits) {
                wake();
                return;
            }
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> call(any(bodies), random.nextInt(6) == 0);
                case 3, 4, 5 -> awaitOne();
                case 6 -> answer();
                default -> serve();
            }
        }

        private void wake() {
            boolean over = awaited != null ? awaited.known : unacknowledged.isEmpty();
            if (over || !waitsForOne && random.nextInt(4) == 0) {
                waits = false;
            }
        }

        private void rest(boolean forOne, Slot future) {
            waits = true;
            waitsForOne = forOne;
            awaited = future;
            waitNumber++;
        }

        private boolean isSettled(Body target) {
            if (latestTarget != target && !unacknowledged.isEmpty()) {
                rest(true, null);
                return false;
            }
            return true;
        }

        private void call(Body target, boolean atOnce) {
            if (!isSettled(target) || target == this) {
                return;
            }
            latestTarget = target;
            Slot passed = futures.isEmpty() || random.nextBoolean() ? null : any(futures);
            Slot there = passed == null ? null : site.passOn(passed, target.site);
            Call call = new Call(this, target, atOnce, there);
            futures.add(call.reply);
            unacknowledged.add(call);
            send(site, target.site, () -> target.receive(call));
        }

        private void receive(Call call) {
            if (call.atOnce) {
                acknowledge(call);
                threads.add(() -> reply(call, null));
            } else if (queue.size() < ROOM) {
                queue.add(call);
                acknowledge(call);
            } else {
                heldBack.add(call);
            }
        }

        private void acknowledge(Call call) {
            send(site, call.caller.site, () -> call.caller.unacknowledged.remove(call));
        }

        private void serve() {
            if (serving == null && !queue.isEmpty()) {
                serving = queue.remove();
                if (serving.argument != null) {
                    futures.add(serving.argument);
                }
                Call next = heldBack.poll();
                if (next != null) {
                    queue.add(next);
                    acknowledge(next);
                }
            }
        }

        private void answer() {
            if (serving != null && isSettled(null)) {
                reply(serving, futures.isEmpty() || random.nextBoolean() ? null : any(futures));
                serving = null;
            }
        }

        /** @param value {@code null}, or a future that is the value */
        private void reply(Call call, Slot value) {
            Site there = call.caller.site;
            boolean pending = value != null && !value.known;
            Slot passed = pending ? site.passOn(value, there) : null;
            call.answered = true;
            send(site, there, () -> {
                call.arrived = true;
                Runnable settle = () -> there.settle(call.reply, passed);
                if (there == site) {
                    settle.run();
                } else {
                    threads.add(settle); // decoding takes a while
                }
            });
        }

        private void awaitOne() {
            List<Slot> pending = futures.stream()
                    .filter(slot -> !slot.known && slot.producer() != this)
                    .toList();
            if (!pending.isEmpty()) {
                rest(random.nextInt(4) > 0, any(pending));
            }
        }
    }

    /** A runtime. */
    private final class Site implements LocalWaits {
        final RuntimeAddress address;
        final Map<BodyId, Body> bodies = new LinkedHashMap<>();
        final Map<Long, Slot> passedOn = new LinkedHashMap<>();
        final EdgeChasing detector;
        long numbers;

        Site(int number) {
            this.address = new RuntimeAddress(new RuntimeId(number, 0), "r" + number, List.of());
            this.detector = new EdgeChasing(address, this);
        }

        List<WaitId> waits() {
            return bodies.values().stream()
                    .flatMap(body -> waitOf(body.id).stream())
                    .toList();
        }

        void suspect(List<WaitId> suspects) {
            perform(detector.suspect(suspects));
        }

        private void perform(List<Action> actions) {
            for (Action action : actions) {
                switch (action) {
                    case Action.Send(RuntimeAddress to, Message message) -> {
                        Site there = sites.stream()
                                .filter(site -> site.address.equals(to))
                                .findFirst()
                                .orElseThrow();
                        if (!losesProbes || random.nextInt(10) > 0) {
                            send(this, there, () -> there.perform(there.detector.receive(address, message)));
                        }
                    }
                    case Action.Report(Deadlock deadlock, WaitId first) -> report(deadlock, first);
                }
            }
        }

        private void report(Deadlock deadlock, WaitId first) {
            List<WaitId> circle = new ArrayList<>();
            for (Deadlock.Member member : deadlock.members()) {
                circle.add(new WaitId(member.id(), Long.parseLong(member.awaits())));
            }
            if (!circle.getFirst().equals(first)) {
                throw new AssertionError(first + " is not the first of " + circle);
            }
            if (!circles().contains(normal(circle))) {
                throw new AssertionError("reported " + circle + ", but there are only " + circles());
            }
            reports.add(normal(circle));
        }

        /** The future as it is passed on from here to there. */
        Slot passOn(Slot slot, Site there) {
            Slot copy = new Slot(null);
            copy.original = slot;
            copy.from = this;
            copy.number = ++numbers;
            passedOn.put(copy.number, slot);
            slot.whenKnown(() -> send(this, there, () -> threads.add(copy::become)));
            return copy;
        }

        void settle(Slot slot, Slot value) {
            if (value == null) {
                slot.become();
            } else {
                slot.original = value;
                slot.from = this;
                value.whenKnown(slot::become);
            }
        }

        // ---- what the detector asks

        @Override
        public Optional<WaitId> waitOf(BodyId id) {
            Body body = bodies.get(id);
            return body.waits && body.waitsForOne ? Optional.of(body.waitId()) : Optional.empty();
        }

        @Override
        public Need need(WaitId wait) {
            Body body = bodies.get(wait.waiting());
            if (!waitOf(body.id).equals(Optional.of(wait))) {
                return Need.NONE;
            }
            if (body.awaited != null) {
                return need(body.awaited);
            }
            return body.unacknowledged.isEmpty()
                    ? Need.NONE
                    : new Need.Room(
                            body.latestTarget.id,
                            body.latestTarget.site.address,
                            body.id,
                            body.unacknowledged.getLast().sequence);
        }

        @Override
        public Need need(RuntimeId holder, long future) {
            return need(passedOn.get(future));
        }

        private Need need(Slot future) {
            Slot slot = future;
            Set<Slot> met = new HashSet<>();
            while (!slot.known && slot.original != null && met.add(slot)) {
                if (slot.from != this) {
                    return new Need.Value(slot.from.address, slot.number);
                }
                slot = slot.original;
            }
            return slot.known || slot.original != null || slot.call.arrived
                    ? Need.NONE
                    : new Need.Reply(
                            slot.call.target.id,
                            slot.call.target.site.address,
                            slot.call.atOnce ? AT_ONCE : IN_TURN,
                            0);
        }

        @Override
        public boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call) {
            return signature.equals(IN_TURN);
        }

        @Override
        public boolean holdsBack(BodyId owner, BodyId sender, long sequence) {
            return bodies.get(owner).heldBack.stream()
                    .anyMatch(call -> call.caller.id.equals(sender) && call.sequence == sequence);
        }

        @Override
        public boolean canFail(WaitId wait) {
            return bodies.get(wait.waiting()).awaited != null;
        }

        @Override
        public Deadlock.Member describe(WaitId wait) {
            return new Deadlock.Member(
                    wait.waiting(), "body", address.name(), "", Long.toString(wait.number()), "", "");
        }
    }
}

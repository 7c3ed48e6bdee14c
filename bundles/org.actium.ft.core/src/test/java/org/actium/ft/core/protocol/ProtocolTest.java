package org.actium.ft.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.actium.ft.store.api.Blob;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class ProtocolTest {

    private static final Party.Recoverable ADDER = new Party.Recoverable("adder");
    private static final Party.Recoverable COUNTER = new Party.Recoverable("counter");
    private static final Party.Recoverable PRINTER = new Party.Recoverable("printer");

    private final Protocol adder = Protocol.created(ADDER, Snapshot.first(blob("new")));
    private final List<Output> done = new ArrayList<>();

    private static Blob blob(String text) {
        return Blob.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Message.Request request(Party from, long number, long after) {
        return new Message.Request(new MessageId(from, number), after, ADDER, false, blob(from + " asks " + number));
    }

    private static Message.Reply reply(long request, Party from) {
        return new Message.Reply(new MessageId(ADDER, request), from, blob("answer " + request));
    }

    private List<Output> tell(Protocol protocol, Input... inputs) {
        done.clear();
        for (Input input : inputs) {
            done.addAll(protocol.on(input));
        }
        return done;
    }

    private static <T> List<T> of(Class<T> type, List<Output> outputs) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<Long> numbers(Output.Write write) {
        return write.inputs().stream().map(Received::number).toList();
    }

    private Message.Request served() {
        return of(Output.Serve.class, done).getFirst().request();
    }

    @Test
    public void aRequestIsServedAtOnceAndAcknowledgedWhenItIsSafe() {
        Message.Request asked = request(COUNTER, 1, 0);

        tell(adder, new Input.Ready(), new Input.Arrived(asked));

        assertThat(of(Output.Serve.class, done)).containsExactly(new Output.Serve(asked));
        assertThat(numbers(of(Output.Write.class, done).getFirst())).containsExactly(1L);
        assertThat(of(Output.Acknowledge.class, done)).isEmpty();
        assertThat(tell(adder, new Input.Written())).containsExactly(new Output.Acknowledge(COUNTER, asked.key()));
    }

    @Test
    public void whatComesWhileTheStoreWritesGoesWithTheNextWrite() {
        tell(adder, new Input.Arrived(request(COUNTER, 1, 0)));
        tell(adder, new Input.Arrived(request(COUNTER, 2, 1)), new Input.Arrived(request(PRINTER, 1, 0)));
        assertThat(of(Output.Write.class, done)).as("one at a time").isEmpty();

        tell(adder, new Input.Written());

        assertThat(numbers(of(Output.Write.class, done).getFirst())).containsExactly(2L, 3L);
        tell(adder, new Input.Written());
        assertThat(of(Output.Acknowledge.class, done)).hasSize(2);
    }

    @Test
    public void whatComesAtOnceIsWrittenAtOnce() {
        List<Output> wanted =
                adder.on(List.of(new Input.Arrived(request(COUNTER, 1, 0)), new Input.Arrived(request(COUNTER, 2, 1))));

        assertThat(wanted).hasSize(1);
        assertThat(numbers(of(Output.Write.class, wanted).getFirst())).containsExactly(1L, 2L);
    }

    /** Walking through all that is under way for each of them would take minutes. */
    @Test(timeout = 30_000)
    public void manyMessagesAreSentAndAcknowledgedInATimeThatGrowsWithTheirNumberOnly() {
        Protocol sender = Protocol.outside(outsider("1", "main"));
        int many = 300_000;
        for (int i = 0; i < many; i++) {
            sender.on(new Input.Sends(PRINTER, true, blob("line")));
        }
        for (long i = 1; i <= many; i++) {
            sender.on(new Input.Acknowledged(new Message.Key(new MessageId(sender.self(), i), false)));
        }

        assertThat(sender.oldest()).isEmpty();
    }

    @Test
    public void aCopyIsNotServedAndAcknowledgedOnlyIfTheFirstOneIsSafe() {
        Message.Request asked = request(COUNTER, 1, 0);
        tell(adder, new Input.Ready(), new Input.Arrived(asked));

        assertThat(tell(adder, new Input.Ready(), new Input.Arrived(asked))).isEmpty();

        tell(adder, new Input.Written());
        assertThat(tell(adder, new Input.Arrived(asked))).containsExactly(new Output.Acknowledge(COUNTER, asked.key()));
    }

    @Test
    public void aRequestWithoutTheOneBeforeItIsLeftToBeSentAgain() {
        assertThat(tell(adder, new Input.Ready(), new Input.Arrived(request(COUNTER, 7, 4))))
                .isEmpty();

        tell(adder, new Input.Arrived(request(COUNTER, 4, 0)), new Input.Arrived(request(COUNTER, 7, 4)));

        assertThat(served().id().sequence()).isEqualTo(4);
        tell(adder, new Input.Ready());
        assertThat(served().id().sequence()).isEqualTo(7);
    }

    @Test
    public void whatFollowsFromARequestLeavesWhenThatIsSafe() {
        tell(adder, new Input.Ready(), new Input.Arrived(request(COUNTER, 1, 0)));
        Message.Request serving = served();

        tell(adder, new Input.Sends(PRINTER, true, blob("one")), new Input.Served(serving, blob("done")));
        assertThat(of(Output.Send.class, done)).isEmpty();

        tell(adder, new Input.Written());
        assertThat(of(Output.Send.class, done))
                .extracting(send -> send.message().to())
                .as("the reply waits until the printer has the request")
                .containsExactly(PRINTER);
        tell(adder, new Input.Acknowledged(new Message.Key(new MessageId(ADDER, 1), false)));
        assertThat(of(Output.Send.class, done))
                .containsExactly(new Output.Send(new Message.Reply(serving.id(), ADDER, blob("done"))));
    }

    @Test
    public void whatDoesNotFollowFromARequestDoesNotWaitForIt() {
        tell(adder, new Input.Sends(PRINTER, true, blob("one")));
        assertThat(of(Output.Send.class, done)).hasSize(1);

        tell(adder, new Input.Arrived(request(COUNTER, 1, 0)), new Input.Sends(PRINTER, true, blob("two")));

        assertThat(of(Output.Send.class, done)).as("it waits in the queue").hasSize(1);
    }

    @Test
    public void aReplyIsTakenOnceAndWhatFollowsFromItWaits() {
        tell(adder, new Input.Sends(PRINTER, false, blob("ask")));
        tell(adder, new Input.Acknowledged(new Message.Key(new MessageId(ADDER, 1), false)));

        tell(adder, new Input.Arrived(reply(1, PRINTER)), new Input.Arrived(reply(1, PRINTER)));
        assertThat(of(Output.Answer.class, done))
                .containsExactly(new Output.Answer(new MessageId(ADDER, 1), blob("answer 1")));
        tell(adder, new Input.Sends(COUNTER, true, blob("so")));
        assertThat(of(Output.Send.class, done)).isEmpty();

        tell(adder, new Input.Written());
        assertThat(of(Output.Send.class, done)).hasSize(1);
        assertThat(of(Output.Acknowledge.class, done))
                .containsExactly(new Output.Acknowledge(PRINTER, new Message.Key(new MessageId(ADDER, 1), true)));
        assertThat(tell(adder, new Input.Arrived(reply(1, PRINTER)))).hasSize(1);
    }

    @Test
    public void whatIsNotAcknowledgedIsSentAgainInItsOrder() {
        for (int i = 1; i <= 3; i++) {
            tell(adder, new Input.Sends(PRINTER, true, blob("line " + i)));
        }
        tell(adder, new Input.Acknowledged(new Message.Key(new MessageId(ADDER, 2), false)));

        tell(adder, new Input.Overdue());

        assertThat(of(Output.Send.class, done))
                .extracting(send -> send.message().id().sequence())
                .containsExactly(1L, 3L);
        assertThat(((Message.Request) of(Output.Send.class, done).getLast().message()).after())
                .as("the printer has the second one, and so need not be told of it")
                .isEqualTo(1);
    }

    @Test
    public void whatIsSentWhenAllElseIsAcknowledgedFollowsNothing() {
        tell(adder, new Input.Sends(PRINTER, true, blob("line 1")), new Input.Sends(PRINTER, true, blob("line 2")));
        assertThat(of(Output.Send.class, done))
                .extracting(send -> ((Message.Request) send.message()).after())
                .containsExactly(0L, 1L);

        tell(adder, new Input.Acknowledged(new Message.Key(new MessageId(ADDER, 1), false)));
        tell(adder, new Input.Overdue());
        assertThat(of(Output.Send.class, done))
                .as("also for somebody who begins anew and has never heard of the first line")
                .extracting(send -> ((Message.Request) send.message()).after())
                .containsExactly(0L);
    }

    @Test
    public void recoveryServesTheLogInItsOrderAndSendsTheSameAgain() {
        List<Received> log = List.of(
                new Received(1, request(COUNTER, 1, 0)),
                new Received(2, request(PRINTER, 5, 0)),
                new Received(3, reply(1, PRINTER)),
                new Received(4, request(COUNTER, 2, 1)));
        Protocol recovered = Protocol.recovered(ADDER, Snapshot.first(blob("new")), log, 100);

        tell(recovered, new Input.Ready());
        assertThat(served()).isEqualTo(log.getFirst().message());
        tell(recovered, new Input.Sends(PRINTER, false, blob("ask")));
        assertThat(done)
                .as("its reply was logged: it is not sent again")
                .containsExactly(
                        new Output.Numbered(new MessageId(ADDER, 1)),
                        new Output.Answer(new MessageId(ADDER, 1), blob("answer 1")));
        tell(recovered, new Input.Served((Message.Request) log.getFirst().message(), blob("done")));
        assertThat(of(Output.Send.class, done)).as("all of it is safe").hasSize(1);

        List<Message> rest = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tell(recovered, new Input.Ready());
            rest.add(served());
        }
        assertThat(rest).containsExactly(log.get(1).message(), log.get(3).message());
        tell(recovered, new Input.Ready(), new Input.Arrived(request(COUNTER, 2, 1)));
        assertThat(done)
                .as("it was safe, whether its sender has heard it or not")
                .containsExactly(new Output.Acknowledge(COUNTER, new Message.Key(new MessageId(COUNTER, 2), false)));
        tell(recovered, new Input.Arrived(request(COUNTER, 3, 2)));
        assertThat(numbers(of(Output.Write.class, done).getFirst())).containsExactly(5L);
    }

    @Test
    public void aReplyThatComesBeforeReplayHasAskedAgainIsKept() {
        List<Received> log = List.of(new Received(1, request(COUNTER, 1, 0)));
        Protocol recovered = Protocol.recovered(ADDER, Snapshot.first(blob("new")), log, 100);

        tell(recovered, new Input.Arrived(reply(1, PRINTER)), new Input.Arrived(reply(1, PRINTER)));
        assertThat(numbers(of(Output.Write.class, done).getFirst())).containsExactly(2L);
        tell(recovered, new Input.Ready(), new Input.Sends(PRINTER, false, blob("ask")));

        assertThat(of(Output.Answer.class, done))
                .containsExactly(new Output.Answer(new MessageId(ADDER, 1), blob("answer 1")));
        assertThat(of(Output.Send.class, done)).isEmpty();
    }

    @Test
    public void aCopyThatWasReplacedDoesNotAcknowledgeRepliesToItsSuccessor() {
        tell(adder, new Input.Ready(), new Input.Arrived(request(COUNTER, 1, 0)));
        tell(adder, new Input.Sends(COUNTER, true, blob("never safe, so it never leaves")));

        assertThat(tell(adder, new Input.Arrived(reply(1, PRINTER)))).isEmpty();
    }

    @Test
    public void aCheckpointHasAllThatReplayDoesNotMakeAnew() {
        tell(adder, new Input.Ready(), new Input.Arrived(request(COUNTER, 3, 0)));
        Message.Request serving = served();
        tell(adder, new Input.Arrived(request(COUNTER, 4, 3)), new Input.Written());
        tell(adder, new Input.Sends(PRINTER, false, blob("ask")), new Input.Served(serving, blob("done")));
        tell(adder, new Input.Rests(blob("3 served"), Set.of()));
        tell(adder, new Input.Written());

        Snapshot taken = of(Output.Write.class, done).getFirst().checkpoint().orElseThrow();

        assertThat(taken.number()).isEqualTo(2);
        assertThat(taken.inputs()).isEqualTo(2);
        assertThat(taken.queue()).containsExactly(new Received(2, request(COUNTER, 4, 3)));
        Protocol recovered = Protocol.recovered(ADDER, taken, List.of(), 100);
        tell(recovered, new Input.Overdue());
        assertThat(of(Output.Send.class, done))
                .extracting(send -> send.message().key())
                .containsExactly(new Message.Key(new MessageId(ADDER, 1), false));
        tell(recovered, new Input.Acknowledged(new Message.Key(new MessageId(ADDER, 1), false)));
        assertThat(of(Output.Send.class, done))
                .extracting(send -> send.message().key())
                .containsExactly(new Message.Key(serving.id(), true));
        tell(recovered, new Input.Arrived(request(COUNTER, 3, 0)));
        assertThat(of(Output.Acknowledge.class, done)).hasSize(1);
        tell(recovered, new Input.Arrived(reply(1, PRINTER)));
        assertThat(of(Output.Answer.class, done)).hasSize(1);
        tell(recovered, new Input.Sends(PRINTER, true, blob("on")));
        assertThat(of(Output.Numbered.class, done)).containsExactly(new Output.Numbered(new MessageId(ADDER, 2)));
    }

    @Test
    public void aCheckpointHasTheRepliesThatTheObjectMayAskFor() {
        tell(adder, new Input.Ready(), new Input.Arrived(request(COUNTER, 1, 0)), new Input.Written());
        tell(adder, new Input.Sends(PRINTER, false, blob("held")), new Input.Sends(PRINTER, false, blob("dropped")));
        tell(adder, new Input.Arrived(reply(1, PRINTER)), new Input.Arrived(reply(2, PRINTER)));
        tell(adder, new Input.Written(), new Input.Written());

        tell(adder, new Input.Rests(blob("state"), Set.of(new MessageId(ADDER, 1))));

        Snapshot taken = of(Output.Write.class, done).getFirst().checkpoint().orElseThrow();
        assertThat(taken.answers()).containsOnlyKeys(new MessageId(ADDER, 1));
    }

    @Test
    public void aCheckpointHasTheRepliesToWhatReplayHasNotSentAgain() {
        tell(adder, new Input.Arrived(reply(1, PRINTER)), new Input.Written());

        tell(adder, new Input.Rests(blob("before it is sent again"), Set.of()));

        Snapshot taken = of(Output.Write.class, done).getFirst().checkpoint().orElseThrow();
        assertThat(taken.answers()).containsOnlyKeys(new MessageId(ADDER, 1));
    }

    @Test
    public void twoCheckpointsAreKeptAndTheLogBehindTheOlder() {
        for (long number : LongStream.rangeClosed(1, 3).toArray()) {
            tell(adder, new Input.Arrived(request(COUNTER, number, number - 1)), new Input.Written());
            tell(adder, new Input.Rests(blob("state " + number), Set.of()));
            Output.Write write = of(Output.Write.class, done).getFirst();

            assertThat(write.checkpoint().orElseThrow().number()).isEqualTo(number + 1);
            assertThat(write.dropBelow()).isEqualTo(number);
            assertThat(write.trimBelow()).isEqualTo(number);
            tell(adder, new Input.Written());
        }
    }

    @Test
    public void whatNobodyKnowsToBeWrittenIsWrittenAgainUnlessItIsFound() {
        tell(adder, new Input.Arrived(request(COUNTER, 1, 0)));
        tell(adder, new Input.Arrived(request(COUNTER, 2, 1)), new Input.Rests(blob("state"), Set.of()));

        tell(adder, new Input.Found(0, 1));
        assertThat(numbers(of(Output.Write.class, done).getFirst())).containsExactly(1L, 2L);
        assertThat(of(Output.Acknowledge.class, done)).isEmpty();

        tell(adder, new Input.Found(2, 1));
        assertThat(of(Output.Acknowledge.class, done)).hasSize(2);
        Output.Write again = of(Output.Write.class, done).getFirst();
        assertThat(again.inputs()).isEmpty();
        assertThat(again.checkpoint()).as("it was not found").isPresent();
        assertThat(tell(adder, new Input.Found(2, 2))).isEmpty();
    }

    @Test
    public void aCheckpointTakenWhileOneIsWrittenIsTheNext() {
        tell(adder, new Input.Rests(blob("a"), Set.of()));
        tell(adder, new Input.Rests(blob("b"), Set.of()), new Input.Rests(blob("c"), Set.of()));

        tell(adder, new Input.Written());

        Snapshot next = of(Output.Write.class, done).getFirst().checkpoint().orElseThrow();
        assertThat(next.number()).isEqualTo(3);
        assertThat(next.state()).isEqualTo(blob("c"));
    }

    @Test
    public void whatThereIsNoRoomForStaysWithItsSender() {
        Protocol small = Protocol.recovered(ADDER, Snapshot.first(blob("new")), List.of(), 2);
        tell(small, new Input.Arrived(request(COUNTER, 1, 0)), new Input.Arrived(request(COUNTER, 2, 1)));
        tell(small, new Input.Written(), new Input.Written());

        assertThat(tell(small, new Input.Arrived(request(COUNTER, 3, 2)), new Input.Arrived(request(PRINTER, 1, 0))))
                .as("neither taken nor acknowledged")
                .isEmpty();

        tell(small, new Input.Ready(), new Input.Arrived(request(COUNTER, 3, 2)), new Input.Written());
        assertThat(of(Output.Acknowledge.class, done))
                .containsExactly(new Output.Acknowledge(COUNTER, new Message.Key(new MessageId(COUNTER, 3), false)));
    }

    private static Party.Outside outsider(String instance, String name) {
        return new Party.Outside(new RuntimeAddress(new RuntimeId(1, 2), "h1", List.of()), instance, name);
    }

    @Test
    public void whatIsForSomebodyWhoIsGoneStopsNobodyElse() {
        Party.Outside caller = outsider("1", "main");
        tell(adder, new Input.Ready(), new Input.Arrived(request(caller, 1, 0)), new Input.Written());
        Message.Request asked = request(caller, 1, 0);
        tell(adder, new Input.Served(asked, blob("done")), new Input.Sends(PRINTER, true, blob("on")));
        assertThat(of(Output.Send.class, done))
                .extracting(send -> send.message().to())
                .as("the printer gets it when the caller has its reply")
                .containsExactly(caller);
        assertThat(adder.others()).containsExactlyInAnyOrder(caller.together(), PRINTER);

        tell(adder, new Input.Gone(outsider("2", "main").together()));
        assertThat(of(Output.Send.class, done)).as("that is another one").isEmpty();

        tell(adder, new Input.Gone(caller.together()));
        assertThat(of(Output.Send.class, done))
                .extracting(send -> send.message().to())
                .containsExactly(PRINTER);
        assertThat(adder.others()).as("its numbers are forgotten").containsExactly(PRINTER);
        assertThat(tell(adder, new Input.Arrived(asked)))
                .as("should it live all the same")
                .isEmpty();
    }

    @Test
    public void whoAsksSomebodyWhoIsGoneGetsNoReplyAndACopyOfItNeither() {
        Party.Outside printer = outsider(Party.Outside.ANY, "printer");
        tell(adder, new Input.Sends(printer, false, blob("ask")));
        MessageId asked = of(Output.Numbered.class, done).getFirst().id();

        tell(adder, new Input.Gone(printer.together()));

        assertThat(of(Output.Answer.class, done)).containsExactly(new Output.Answer(asked, Message.Reply.NONE));
        Output.Write write = of(Output.Write.class, done).getFirst();
        assertThat(write.inputs()).extracting(Received::message).hasSize(1);
        Protocol recovered = Protocol.recovered(ADDER, Snapshot.first(blob("new")), write.inputs(), 100);
        tell(recovered, new Input.Sends(printer, false, blob("ask")));
        assertThat(done).containsExactly(new Output.Numbered(asked), new Output.Answer(asked, Message.Reply.NONE));
    }

    @Test
    public void oneThatWasRecoveredElsewhereDoesNothingAnyMore() {
        tell(adder, new Input.Ready(), new Input.Arrived(request(COUNTER, 1, 0)));
        Message.Request serving = served();

        tell(adder, new Input.Overtaken(2));
        assertThat(of(Output.Stop.class, done)).hasSize(1);

        assertThat(tell(adder, new Input.Served(serving, blob("late")), new Input.Written(), new Input.Overdue()))
                .isEmpty();
    }

    @Test
    public void whoIsNotRecoveredIsTheSameWhereverItsRuntimeCanBeDialled() {
        RuntimeId home = new RuntimeId(1, 2);
        Party before = new Party.Outside(new RuntimeAddress(home, "h1", List.of()), "1", "main");
        Party after = new Party.Outside(new RuntimeAddress(home, "h1", List.of(new Endpoint("h1", 4000))), "1", "main");

        assertThat(after).isEqualTo(before).hasSameHashCodeAs(before);
    }

    @Test
    public void whoIsNotRecoveredLogsNothing() {
        Party.Outside main = new Party.Outside(new RuntimeAddress(new RuntimeId(1, 2), "h1", List.of()), "1", "main");
        Protocol outside = Protocol.outside(main);
        tell(outside, new Input.Sends(ADDER, false, blob("ask")));
        MessageId asked = of(Output.Numbered.class, done).getFirst().id();
        assertThat(of(Output.Send.class, done)).hasSize(1);

        tell(outside, new Input.Arrived(new Message.Reply(asked, ADDER, blob("42"))));

        assertThat(done)
                .containsExactly(
                        new Output.Acknowledge(ADDER, new Message.Key(asked, true)),
                        new Output.Answer(asked, blob("42")));
        assertThat(outside.answer(asked)).contains(blob("42"));
    }
}

package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.actium.future.api.FutureList;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.Bracket;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;

/** What {@code docs/guide/futures.md} shows. */
public class FuturesGuideTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final TestRule rules = RuleChain.outerRule(grid).around(Timeout.seconds(30));

    /** A result that can be stood in for. */
    public static class Price implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        public Price(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** The active object of the guide. */
    public static class Shop {
        private final List<String> stored = new ArrayList<>();

        public Price price(String article) {
            return new Price(article + " 3");
        }

        public int count() {
            return stored.size();
        }

        public void store(String article) {
            if (article.isEmpty()) {
                throw new IllegalArgumentException("nothing to store");
            }
            stored.add(article);
        }

        public void save(String article) throws IOException {
            if (article.equals("coffee")) {
                throw new IOException("no room for " + article);
            }
        }

        public CompletableFuture<Price> offer(String article) {
            return CompletableFuture.completedFuture(new Price(article + " 2"));
        }
    }

    @Test
    public void whatTheGuideShowsHolds() throws TimeoutException, InterruptedException {
        ActiveObjects objects = grid.runtime("a").objects();
        Futures futures = grid.runtime("a").futures();
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        Shop shop = objects.newActive(Shop.class).start();
        Price other = new Price("no future");

        Price price = shop.price("tea");
        String text = price.text();
        assertThat(text).isEqualTo("tea 3");

        futures.isAwaited(price);
        futures.waitFor(price, Duration.ofSeconds(2));
        futures.waitForAll(List.of(price, other));
        int first = futures.waitForAny(List.of(price, other));
        futures.waitForNth(List.of(price, other), 1);
        futures.isNull(price);
        Price value = futures.value(price);
        assertThat(first).isZero();
        assertThat(value.getClass()).isSameAs(Price.class);

        List<String> articles = List.of("tea", "coffee", "milk");
        FutureList<Price> offers = futures.list();
        articles.forEach(article -> offers.add(shop.price(article)));
        offers.waitFor(2);
        while (offers.size() > 0) {
            log.add(offers.takeAny().text());
        }
        assertThat(List.of(log.take(), log.take(), log.take()))
                .containsExactlyInAnyOrder("tea 3", "coffee 3", "milk 3");

        futures.whenKnown(price, known -> log.add(known.text()));
        assertThat(log.take()).isEqualTo("tea 3");

        CompletableFuture<Integer> count = futures.async(() -> shop.count());
        CompletableFuture<Void> stored = futures.async(() -> shop.store("tea"));
        stored.join();
        assertThat(count.join()).isZero();

        CompletableFuture<Price> offer = shop.offer("tea");
        assertThat(offer.join().text()).isEqualTo("tea 2");

        int done = futures.waitForAny(List.of(count, price, CompletableFuture.allOf(stored, offer)));
        assertThat(done).isZero();

        Shop impatient = objects.withLimit(shop, Duration.ofSeconds(2));
        int counted = objects.within(Duration.ofSeconds(1), () -> shop.count());
        assertThat(impatient.count()).isEqualTo(counted);

        try (Bracket bracket = objects.bracket(IOException.class)) {
            shop.save("tea");
            shop.save("coffee");
            bracket.await();
        } catch (IOException failed) {
            log.add(failed.getMessage());
        }
        assertThat(log.take()).isEqualTo("no room for coffee");

        objects.onFailure(shop, failure -> log.add("through this stub: " + failure.cause()));
        objects.onFailure(failure -> log.add("in this runtime: " + failure.call()));
        shop.store("");
        assertThat(log.take()).contains("through this stub", "nothing to store");
        impatient.store("");
        assertThat(log.take()).isEqualTo("in this runtime: store on shop-1");
    }

    @Test
    public void everyLineOfTheGuideIsCompiledHere() throws IOException {
        List<String> compiled = lines(Path.of("src/test/java/org/actium/testkit/FuturesGuideTest.java"));
        List<String> shown = new ArrayList<>();
        boolean code = false;
        for (String line : lines(Path.of("../../docs/guide/futures.md"))) {
            if (line.startsWith("```")) {
                code = line.equals("```java");
            } else if (code && !line.isEmpty()) {
                shown.add(line);
            }
        }

        assertThat(shown).hasSizeGreaterThan(15);
        assertThat(compiled).containsAll(shown);
    }

    /** Without indentation and comments. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("\\s*//.*", "").strip())
                .toList();
    }
}

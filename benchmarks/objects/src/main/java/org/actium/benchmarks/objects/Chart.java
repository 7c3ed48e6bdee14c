package org.actium.benchmarks.objects;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One panel of lines over a common horizontal axis, as SVG.
 *
 * @param title above the panel
 * @param y what the vertical axis shows
 * @param logarithmic whether each step up is ten times as much
 */
record Chart(String title, String x, String y, boolean logarithmic, List<Line> lines) {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 80;
    private static final int RIGHT = 190;
    private static final int TOP = 34;
    private static final int BOTTOM = 46;
    private static final int STEPS = 5;

    /** @param dashed to tell two kinds apart */
    record Line(String name, String colour, boolean dashed, List<Point> points) {}

    record Point(double x, double y) {}

    /** One below the other. */
    static String svg(List<Chart> charts) {
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                HEIGHT * charts.size());
        add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        for (int i = 0; i < charts.size(); i++) {
            add(svg, "<g transform=\"translate(0 %d)\">", i * HEIGHT);
            charts.get(i).draw(svg);
            add(svg, "</g>");
        }
        add(svg, "</svg>");
        return svg.toString();
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void draw(StringBuilder svg) {
        double right = roundUp(max(true));
        double top = logarithmic ? Math.pow(10, Math.ceil(Math.log10(max(false)))) : roundUp(max(false));
        double bottom = logarithmic ? Math.pow(10, Math.floor(Math.log10(least()))) : 0;
        DoubleUnaryOperator across = value -> LEFT + value / right * (WIDTH - LEFT - RIGHT);
        DoubleUnaryOperator up = value -> HEIGHT - BOTTOM - height(value, bottom, top) * (HEIGHT - TOP - BOTTOM);
        add(svg, "<text x=\"%d\" y=\"18\" font-weight=\"bold\">%s</text>", LEFT, title);
        for (double mark : marks(bottom, top)) {
            grid(svg, LEFT, up.applyAsDouble(mark), WIDTH - RIGHT, up.applyAsDouble(mark));
            text(svg, LEFT - 6, up.applyAsDouble(mark) + 4, "end", number(mark));
        }
        for (int i = 0; i <= STEPS; i++) {
            double at = across.applyAsDouble(right * i / STEPS);
            grid(svg, at, TOP, at, HEIGHT - BOTTOM);
            text(svg, at, HEIGHT - BOTTOM + 16, "middle", number(right * i / STEPS));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", x);
        add(
                svg,
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2,
                y);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), across, up, TOP + 14 + 18 * i);
        }
    }

    private void draw(StringBuilder svg, Line line, DoubleUnaryOperator across, DoubleUnaryOperator up, int legend) {
        String stroke = "stroke=\"%s\" stroke-width=\"2\" fill=\"none\"%s"
                .formatted(line.colour(), line.dashed() ? " stroke-dasharray=\"6 4\"" : "");
        StringBuilder points = new StringBuilder();
        for (Point point : line.points()) {
            points.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", across.applyAsDouble(point.x()), up.applyAsDouble(point.y())));
        }
        add(svg, "<polyline points=\"%s\" %s/>", points.toString().strip(), stroke);
        int from = WIDTH - RIGHT + 12;
        add(svg, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" %s/>", from, legend, from + 26, legend, stroke);
        text(svg, from + 32, legend + 4, "start", line.name());
    }

    private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
        add(svg, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", x1, y1, x2, y2);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
    }

    private double height(double value, double bottom, double top) {
        return logarithmic ? Math.log10(Math.max(value, bottom) / bottom) / Math.log10(top / bottom) : value / top;
    }

    private List<Double> marks(double bottom, double top) {
        return logarithmic
                ? DoubleStream.iterate(bottom, mark -> mark <= top * 1.01, mark -> mark * 10)
                        .boxed()
                        .toList()
                : IntStream.rangeClosed(0, STEPS)
                        .mapToObj(step -> top * step / STEPS)
                        .toList();
    }

    private double max(boolean horizontal) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> horizontal ? point.x() : point.y())
                .max()
                .orElse(1);
    }

    private double least() {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
    }

    /** To the next of 1, 2, 2.5, 5 times a power of ten. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (value <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        return value != Math.rint(value)
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.format(Locale.ROOT, "%,d", (long) value).replace(',', '\u202f');
    }
}

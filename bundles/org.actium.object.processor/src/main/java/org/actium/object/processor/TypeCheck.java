package org.actium.object.processor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import org.actium.object.spi.CallRule;
import org.actium.object.spi.MethodFacts;
import org.actium.object.spi.TypeFacts;

/** What is to be said about one class or interface, each thing where it is written. */
final class TypeCheck {

    private final TypeElement type;
    private final TypeFacts facts;
    private final CompilerFacts compiler;
    private final List<? extends Element> members;
    private final Messager messager;

    TypeCheck(TypeElement type, ProcessingEnvironment environment) {
        this.type = type;
        this.compiler = new CompilerFacts(environment.getElementUtils(), environment.getTypeUtils());
        this.facts = compiler.of(type);
        this.members = environment.getElementUtils().getAllMembers(type);
        this.messager = environment.getMessager();
    }

    /** Of what has no stubs nothing else is told: its methods are called through those of another type. */
    void report() {
        if (facts.kind() != TypeFacts.Kind.INTERFACE) {
            facts.obstacleToCreation()
                    .or(facts::obstacleToCalls)
                    .or(this::resultOutOfReach)
                    .ifPresent(why -> error(type, facts.cannotBeActive(why)));
        } else {
            facts.obstacleToStubs().or(this::resultOutOfReach).ifPresent(why -> error(type, why));
        }
        if (facts.obstacleToStubs().isEmpty()) {
            reportConstructors();
            ElementFilter.fieldsIn(members).forEach(this::report);
            calls().forEach(this::report);
        }
    }

    private Stream<ExecutableElement> calls() {
        return ElementFilter.methodsIn(members).stream()
                .filter(method -> !compiler.isOfObject(method) || compiler.isIdentityOrText(method))
                .filter(method -> !compiler.isOfTheStubItself(method))
                .filter(method -> !isPrivate(method) && !method.getModifiers().contains(Modifier.STATIC));
    }

    private Optional<String> resultOutOfReach() {
        return calls().flatMap(method -> compiler
                        .resultOutOfReach(method, type)
                        .map(result -> MethodFacts.resultOutOfReach(
                                method.getSimpleName().toString(), result, compiler.packageNameOf(type)))
                        .stream())
                .sorted()
                .findFirst();
    }

    private void reportConstructors() {
        List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
        if (!constructors.isEmpty() && constructors.stream().allMatch(TypeCheck::isPrivate)) {
            error(constructors.getFirst(), facts.cannotBeActive(TypeFacts.ONLY_PRIVATE_CONSTRUCTORS));
        }
    }

    private void report(VariableElement field) {
        if (field.getModifiers().contains(Modifier.PUBLIC)
                && !field.getModifiers().contains(Modifier.STATIC)) {
            error(
                    field,
                    MethodFacts.notIntercepted(
                            facts,
                            field.getSimpleName().toString(),
                            "it is a public field, and a stub's own is never set; make it private"));
        }
    }

    private void report(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        if (method.getModifiers().contains(Modifier.FINAL)) {
            error(method, MethodFacts.notIntercepted(facts, name, MethodFacts.FINAL));
            return;
        }
        MethodFacts called = compiler.of(method, type);
        called.obstacleToCaching().ifPresent(why -> error(method, name + ": " + why));
        switch (CallRule.of(called)) {
            case CallRule.Synchronous rule -> note(method, rule);
            case CallRule.Bracketed rule -> note(method, rule);
            case CallRule.Identity _, CallRule.Explicit _, CallRule.OneWay _, CallRule.Asynchronous _ -> {}
        }
    }

    private static boolean isPrivate(ExecutableElement element) {
        return element.getModifiers().contains(Modifier.PRIVATE);
    }

    private void note(ExecutableElement method, CallRule rule) {
        if (method.getEnclosingElement().equals(type)) { // others say it where they are declared
            String explanation = rule.explain(
                    type.getSimpleName().toString(), method.getSimpleName().toString());
            messager.printMessage(Diagnostic.Kind.NOTE, explanation, method);
        }
    }

    /** What is inherited is told at the class that inherits it. */
    private void error(Element where, String what) {
        Element own = where.equals(type) || where.getEnclosingElement().equals(type) ? where : type;
        messager.printMessage(Diagnostic.Kind.ERROR, what, own);
    }
}

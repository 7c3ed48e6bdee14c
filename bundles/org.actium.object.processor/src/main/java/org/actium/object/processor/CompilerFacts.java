package org.actium.object.processor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ExportsDirective;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.actium.object.api.Cache;
import org.actium.object.spi.MethodFacts;
import org.actium.object.spi.OpenMembers;
import org.actium.object.spi.TypeFacts;
import org.actium.object.spi.TypeFacts.Kind;
import org.actium.object.spi.TypeFacts.Trait;

/** What the compiler knows, in terms of the rules. */
final class CompilerFacts {

    private static final Set<String> IDENTITY_AND_TEXT = Set.of("equals", "hashCode", "toString");

    private final Elements elements;
    private final Types types;

    CompilerFacts(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    TypeFacts of(TypeElement type) {
        return new TypeFacts(elements.getBinaryName(type).toString(), kindOf(type), traitsOf(type));
    }

    /** @param type the class it is called on, which may inherit it and say what its type variables are */
    MethodFacts of(ExecutableElement method, TypeElement type) {
        ExecutableType seen = (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
        TypeMirror result = seen.getReturnType();
        return new MethodFacts(
                isIdentityOrText(method) && !method.getSimpleName().contentEquals("toString"),
                method.getParameters().size(),
                of(result),
                openMembersOf(types.erasure(result)),
                result instanceof TypeVariable variable
                        ? Optional.of(variable.asElement().getSimpleName().toString())
                        : Optional.empty(),
                seen.getThrownTypes().stream()
                        .filter(this::isChecked)
                        .map(thrown -> of(thrown).name())
                        .toList(),
                method.getAnnotation(Cache.class) != null);
    }

    private TypeFacts of(TypeMirror type) {
        return switch (types.erasure(type)) {
            case DeclaredType declared -> of((TypeElement) declared.asElement());
            case ArrayType array -> new TypeFacts(of(array.getComponentType()).name() + "[]", Kind.ARRAY, Set.of());
            case TypeMirror other -> new TypeFacts(other.toString(), Kind.PRIMITIVE, Set.of());
        };
    }

    private List<OpenMembers> openMembersOf(TypeMirror type) {
        List<OpenMembers> all = new ArrayList<>();
        if (type instanceof DeclaredType declared
                && declared.asElement().getKind().isClass()) {
            TypeElement first = (TypeElement) declared.asElement();
            for (TypeElement c = first; c.getSuperclass() instanceof DeclaredType above; c = elementOf(above)) {
                all.add(openMembersOf(c, first));
            }
        }
        return all;
    }

    private OpenMembers openMembersOf(TypeElement type, TypeElement result) {
        TypeFacts facts = of(type);
        if (facts.is(Trait.OF_JDK)) {
            return new OpenMembers(facts, List.of(), List.of(), List.of());
        }
        boolean samePackage = packageOf(type).equals(packageOf(result));
        List<ExecutableElement> methods = ElementFilter.methodsIn(type.getEnclosedElements());
        return new OpenMembers(
                facts,
                names(ElementFilter.fieldsIn(type.getEnclosedElements()), _ -> true),
                names(methods, method -> method.getModifiers().contains(Modifier.FINAL)),
                names(methods, method -> !samePackage && isPackaged(method, result)));
    }

    private boolean isPackaged(ExecutableElement method, TypeElement result) {
        return !method.getModifiers().contains(Modifier.FINAL)
                && (!isShared(method) || resultOutOfReach(method, result).isPresent());
    }

    /** The name of its result type, if code beside the type cannot name that. */
    Optional<String> resultOutOfReach(ExecutableElement method, TypeElement type) {
        TypeMirror result = types.erasure(method.getReturnType());
        TypeMirror element = result;
        while (element instanceof ArrayType array) {
            element = array.getComponentType();
        }
        return element instanceof DeclaredType declared
                        && !isShared(declared.asElement())
                        && !packageOf(declared.asElement()).equals(packageOf(type))
                ? Optional.of(of(result).name())
                : Optional.empty();
    }

    private static boolean isShared(Element element) {
        return !Collections.disjoint(element.getModifiers(), EnumSet.of(Modifier.PUBLIC, Modifier.PROTECTED));
    }

    String packageNameOf(TypeElement type) {
        return elements.getPackageOf(type).getQualifiedName().toString();
    }

    private Element packageOf(Element element) {
        return elements.getPackageOf(element);
    }

    private static <E extends Element> List<String> names(List<E> members, Predicate<E> chosen) {
        return members.stream()
                .filter(member ->
                        Collections.disjoint(member.getModifiers(), EnumSet.of(Modifier.PRIVATE, Modifier.STATIC)))
                .filter(chosen)
                .map(member -> member.getSimpleName().toString())
                .toList();
    }

    private static TypeElement elementOf(DeclaredType type) {
        return (TypeElement) type.asElement();
    }

    boolean isOfObject(ExecutableElement method) {
        return elements.getTypeElement("java.lang.Object").equals(method.getEnclosingElement());
    }

    /** Whether it is, or overrides, one of the three methods of {@code Object} that stubs answer or pass on. */
    boolean isIdentityOrText(ExecutableElement method) {
        TypeElement object = elements.getTypeElement("java.lang.Object");
        TypeElement declaring = (TypeElement) method.getEnclosingElement();
        return IDENTITY_AND_TEXT.contains(method.getSimpleName().toString())
                && ElementFilter.methodsIn(object.getEnclosedElements()).stream()
                        .anyMatch(general -> general.equals(method) || elements.overrides(method, general, declaring));
    }

    /** Whether it is what stubs answer for themselves: {@code finalize()} and {@code Object writeReplace()}. */
    boolean isOfTheStubItself(ExecutableElement method) {
        return method.getParameters().isEmpty()
                && (method.getSimpleName().contentEquals("finalize")
                        || method.getSimpleName().contentEquals("writeReplace")
                                && of(method.getReturnType()).name().equals("java.lang.Object"));
    }

    private boolean isChecked(TypeMirror thrown) {
        return List.of("java.lang.RuntimeException", "java.lang.Error").stream()
                .map(name -> elements.getTypeElement(name).asType())
                .noneMatch(unchecked -> types.isSubtype(thrown, unchecked));
    }

    private static Kind kindOf(TypeElement type) {
        return switch (type.getKind()) {
            case ANNOTATION_TYPE -> Kind.ANNOTATION;
            case INTERFACE -> Kind.INTERFACE;
            case ENUM -> Kind.ENUM;
            case RECORD -> Kind.RECORD;
            default -> Kind.CLASS;
        };
    }

    private Set<Trait> traitsOf(TypeElement type) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        Set<Modifier> modifiers = type.getModifiers();
        add(traits, Trait.ABSTRACT, modifiers.contains(Modifier.ABSTRACT));
        add(traits, Trait.FINAL, modifiers.contains(Modifier.FINAL));
        add(traits, Trait.SEALED, modifiers.contains(Modifier.SEALED));
        add(traits, Trait.PRIVATE, modifiers.contains(Modifier.PRIVATE));
        add(traits, Trait.PUBLIC, modifiers.contains(Modifier.PUBLIC));
        add(traits, Trait.ANONYMOUS, type.getNestingKind() == NestingKind.ANONYMOUS);
        add(traits, Trait.LOCAL, type.getNestingKind() == NestingKind.LOCAL);
        add(traits, Trait.INNER, type.getNestingKind() == NestingKind.MEMBER && !modifiers.contains(Modifier.STATIC));
        ModuleElement module = elements.getModuleOf(type);
        boolean ofJdk = module != null
                && (module.getQualifiedName().toString().startsWith("java.")
                        || module.getQualifiedName().toString().startsWith("jdk."));
        add(traits, Trait.OF_JDK, ofJdk);
        add(traits, Trait.CLOSED, ofJdk && !isExported(elements.getPackageOf(type), module));
        return traits;
    }

    private static boolean isExported(Element packageOf, ModuleElement module) {
        return module.getDirectives().stream()
                .anyMatch(directive -> directive instanceof ExportsDirective exports
                        && exports.getTargetModules() == null
                        && exports.getPackage().equals(packageOf));
    }

    private static void add(Set<Trait> traits, Trait trait, boolean has) {
        if (has) {
            traits.add(trait);
        }
    }
}

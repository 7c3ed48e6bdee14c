package org.actium.object.stubs;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;

/**
 * The bytes of a stub class: a field for the handler, a method by which it is recognised, {@link OverridingMethods} and
 * {@link OwnAnswers}. They name types of the JDK and of the overridden signatures only.
 */
final class StubBytecode {

    static final String NAME_SUFFIX = "ActiumStub$";
    static final String HANDLER_FIELD = "actium$handler";
    static final String SHAPE_METHOD = "actium$shape";

    private StubBytecode() {}

    /** Nothing here branches, so no frames are needed. */
    private static final ClassFile CLASS_FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    static byte[] generate(Class<?> stubbed, String packageName, List<Method> inherited, List<Method> overridden) {
        ClassDesc self = ClassDesc.of(packageName, stubbed.getSimpleName() + NAME_SUFFIX);
        return CLASS_FILE.build(self, stub -> {
            stub.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
            if (stubbed.isInterface()) {
                stub.withSuperclass(ConstantDescs.CD_Object).withInterfaceSymbols(describe(stubbed));
            } else {
                stub.withSuperclass(describe(stubbed));
            }
            stub.withField(
                    HANDLER_FIELD,
                    ConstantDescs.CD_Object,
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_TRANSIENT | ClassFile.ACC_SYNTHETIC);
            stub.withMethodBody(
                    SHAPE_METHOD,
                    MethodTypeDesc.of(ConstantDescs.CD_Object),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> code.ldc(classData(0, Object.class)).areturn());
            for (int i = 0; i < overridden.size(); i++) {
                OverridingMethods.write(stub, self, overridden.get(i), i);
            }
            OwnAnswers.write(stub, stubbed, inherited);
        });
    }

    /** What the class was defined with: its {@link StubClass}, and where calls go. */
    static ConstantDesc classData(int position, Class<?> type) {
        DirectMethodHandleDesc bootstrap = MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                describe(MethodHandles.class),
                "classDataAt",
                MethodTypeDesc.of(
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_MethodHandles_Lookup,
                        ConstantDescs.CD_String,
                        ConstantDescs.CD_Class,
                        ConstantDescs.CD_int));
        return DynamicConstantDesc.ofNamed(bootstrap, ConstantDescs.DEFAULT_NAME, describe(type), position);
    }

    static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}

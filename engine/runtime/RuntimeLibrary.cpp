// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RuntimeLibrary.h"

#include <QtQml/qqmlprivate.h>

#include <QUrl>

// What qmlcachegen made of the bundles.
namespace QmlCacheGeneratedCode {
namespace _loopscope_core_mjs {
extern const unsigned char qmlData[];
extern const QQmlPrivate::AOTCompiledFunction aotBuiltFunctions[];
} // namespace _loopscope_core_mjs
namespace _loopscope_lib_mjs {
extern const unsigned char qmlData[];
extern const QQmlPrivate::AOTCompiledFunction aotBuiltFunctions[];
} // namespace _loopscope_lib_mjs
namespace _loopscope_fetch_mjs {
extern const unsigned char qmlData[];
extern const QQmlPrivate::AOTCompiledFunction aotBuiltFunctions[];
} // namespace _loopscope_fetch_mjs
} // namespace QmlCacheGeneratedCode

namespace loopscope {

namespace {

namespace core = QmlCacheGeneratedCode::_loopscope_core_mjs;
namespace lib = QmlCacheGeneratedCode::_loopscope_lib_mjs;
namespace fetch = QmlCacheGeneratedCode::_loopscope_fetch_mjs;

const QQmlPrivate::CachedQmlUnit coreUnit{
    reinterpret_cast<const QV4::CompiledData::Unit *>(core::qmlData), core::aotBuiltFunctions, nullptr};
const QQmlPrivate::CachedQmlUnit libUnit{reinterpret_cast<const QV4::CompiledData::Unit *>(lib::qmlData), lib::aotBuiltFunctions, nullptr};
const QQmlPrivate::CachedQmlUnit fetchUnit{
    reinterpret_cast<const QV4::CompiledData::Unit *>(fetch::qmlData), fetch::aotBuiltFunctions, nullptr};

const QQmlPrivate::CachedQmlUnit *lookUp(const QUrl &url)
{
    if (url.scheme() != QLatin1String("qrc"))
        return nullptr;
    if (url.path() == QLatin1String("/loopscope/core.mjs"))
        return &coreUnit;
    if (url.path() == QLatin1String("/loopscope/lib.mjs"))
        return &libUnit;
    if (url.path() == QLatin1String("/loopscope/fetch.mjs"))
        return &fetchUnit;
    return nullptr;
}

void registerByteCode()
{
    static const bool registered = [] {
        QQmlPrivate::RegisterQmlUnitCacheHook hook{0, &lookUp};
        QQmlPrivate::qmlregister(QQmlPrivate::QmlUnitCacheHookRegistration, &hook);
        return true;
    }();
    Q_UNUSED(registered)
}

} // namespace

QJSValue RuntimeLibrary::load(QJSEngine &engine, const QString &bundle)
{
    registerByteCode();
    // The sources are embedded too: a Qt of another version than the build's finds the byte code foreign and compiles them.
    const QJSValue module = engine.importModule(QStringLiteral(":/loopscope/%1.mjs").arg(bundle));
    return module.isError() ? module : module.property(QStringLiteral("default"));
}

} // namespace loopscope

// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CompatibilityPage.h"

#include "OracleProgram.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

namespace loopscope {

namespace {

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QSet<QString> setOf(const QJsonValue &names)
{
    QSet<QString> set;
    const QJsonArray array = names.toArray();
    for (const auto &name : array)
        set.insert(name.toString());
    return set;
}

/// Names that lack, in the order given; all methods of a class that lacks as a whole come as its name alone.
QStringList lacking(const QJsonArray &wanted, const QSet<QString> &there)
{
    QSet<QString> lackingOwners;
    QStringList names;
    for (const auto &value : wanted) {
        const QString name = value.toString();
        if (there.contains(name))
            continue;
        const QString owner = name.section(u'.', 0, 0);
        if (owner != name && lackingOwners.contains(owner))
            continue;
        lackingOwners.insert(name);
        names.append(name);
    }
    return names;
}

QString asCode(const QStringList &names)
{
    QStringList texts;
    for (const QString &name : names)
        texts.append(u'`' + name + u'`');
    return texts.join(QStringLiteral(", "));
}

} // namespace

CompatibilityPage::CompatibilityPage(QString folder)
    : m_folder(std::move(folder))
    , m_programs(OracleProgram::all(m_folder))
    , m_versions(readJson(m_folder + QStringLiteral("/package-lock.json"))[QStringLiteral("packages")].toObject())
    , m_known(knownDifferences(m_folder))
{
}

CompatibilityPage::Header CompatibilityPage::headerOf(const OracleProgram &program)
{
    static const QRegularExpression line(QStringLiteral("^// (package|does): (.+)$"), QRegularExpression::MultilineOption);
    QFile file(program.path);
    Header header;
    if (!file.open(QIODevice::ReadOnly))
        return header;
    auto matches = line.globalMatch(QString::fromUtf8(file.read(1000)));
    while (matches.hasNext()) {
        const auto match = matches.next();
        (match.captured(1) == QLatin1String("does") ? header.does : header.package) = match.captured(2);
    }
    return header;
}

QString CompatibilityPage::packagesTable() const
{
    QMap<QString, QStringList> rows; // package -> what its tests do, and how it came out
    for (const OracleProgram &program : m_programs) {
        const Header header = headerOf(program);
        if (header.package.isEmpty())
            continue;
        const QString reason = m_known[program.name].toString();
        rows[header.package].append(reason.isEmpty() ? header.does : header.does + QStringLiteral(" **Differs:** ") + reason + u'.');
    }
    QString table = QStringLiteral("| package | version | what its tests do |\n|---|---|---|\n");
    for (auto row = rows.constBegin(); row != rows.constEnd(); ++row) {
        const QString version = m_versions[QStringLiteral("node_modules/") + row.key()].toObject()[QStringLiteral("version")].toString();
        table += QStringLiteral("| %1 | %2 | %3 |\n")
                     .arg(row.key(), version, row.value().join(QStringLiteral("<br>")).replace(u'|', QStringLiteral("\\|")));
    }
    return table;
}

QString CompatibilityPage::apiTable(const QJsonObject &nodeApi, const QJsonObject &ownApi)
{
    QString table = QStringLiteral("| module | names in Node | not there |\n|---|---|---|\n");
    QStringList complete;
    for (auto module = nodeApi.constBegin(); module != nodeApi.constEnd(); ++module) {
        const QJsonObject own = ownApi[module.key()].toObject();
        const QJsonArray names = module->toObject()[QStringLiteral("own")].toArray();
        const QStringList missing = lacking(names, setOf(own[QStringLiteral("own")]) | setOf(own[QStringLiteral("inherited")]));
        if (own.isEmpty())
            table += QStringLiteral("| %1 | %2 | the module |\n").arg(module.key()).arg(names.size());
        else if (missing.isEmpty())
            complete.append(module.key());
        else
            table += QStringLiteral("| %1 | %2 | %3 |\n").arg(module.key()).arg(names.size()).arg(asCode(missing));
    }
    return table + QStringLiteral("\nEvery name is there in: ") + asCode(complete) + QStringLiteral(".\n");
}

QString CompatibilityPage::text(const QJsonObject &nodeApi, const QJsonObject &ownApi) const
{
    return QStringLiteral(R"(# Compatibility

<!-- Made by tests/packages/PackagesTest.cpp from the tests and their results; do not edit. To write it anew:
     LOOPSCOPE_WRITE_COMPATIBILITY=1 ctest --preset release -R packages-1 -->

## npm packages

Installed with `npm install` and used as they are. Each test is a program of `tests/packages/programs` that prints what it finds; it prints
the same in Loopscope and in Node.js 20, unless the table says how it differs.

%1
## Node's API

Names of Node's documented modules, of their classes' methods and of the globals, compared with Node.js 20. What is not there is `undefined`
or, where something stands in its place, throws "not supported by Loopscope: NAME" at use.

%2)")
        .arg(packagesTable(), apiTable(nodeApi, ownApi));
}

} // namespace loopscope

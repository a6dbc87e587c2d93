// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <vector>

namespace loopscope {

struct OracleProgram;

/// docs/compatibility.md: which npm packages run, what their tests do, and what of Node's API is not there.
class CompatibilityPage
{
public:
    /// `folder` is tests/packages: its programs, its package-lock.json and its known-differences.json.
    explicit CompatibilityPage(QString folder);

    /// A test program's header, `// package: express` and `// does: Answers requests.`
    struct Header
    {
        QString package;
        QString does;
    };
    static Header headerOf(const OracleProgram &program);

    /// The page's text. `nodeApi` and `ownApi` are what programs-api/exports.js prints in Node and in Loopscope.
    QString text(const QJsonObject &nodeApi, const QJsonObject &ownApi) const;

private:
    QString packagesTable() const;
    static QString apiTable(const QJsonObject &nodeApi, const QJsonObject &ownApi);

    QString m_folder;
    std::vector<OracleProgram> m_programs;
    QJsonObject m_versions; ///< "node_modules/express" -> { "version": ... }
    QJsonObject m_known;
};

} // namespace loopscope

// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <optional>
#include <vector>

namespace loopscope {

/// A JSON value that knows in which file and line it stands, so that what is wrong with it can be said there. A plain value.
struct LocatedJson
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LocatedJson)

public:
    enum class Type : quint8 { Null, Truth, Number, Text, List, Object };
    struct Member;

    Type type = Type::Null;
    bool truth = false;
    double number = 0;
    QString text;
    std::vector<LocatedJson> items; ///< of a list
    std::vector<Member> members; ///< of an object, in the order of the file
    QString file; ///< path
    int line = 0; ///< from 1

    /// Null if there is none.
    const LocatedJson *member(const QString &name) const;
    LocatedJson *member(const QString &name);
    /// "a text", "a list", ...: what it is, for a sentence.
    static QString nameOf(Type type);

    static constexpr int mostDepth = 32;
    /// Reads a file's bytes. Nothing, and a problem with its line, if they are no JSON, say something twice, or are nested deeper than
    /// mostDepth.
    static std::optional<LocatedJson> parse(const QByteArray &bytes, const QString &file, LessonProblem *problem);
};

struct LocatedJson::Member
{
    QString name;
    int line = 0; ///< of the name
    LocatedJson value;
};

} // namespace loopscope

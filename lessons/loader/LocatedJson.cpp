// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LocatedJson.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>

#include <simdjson.h>

namespace loopscope {

namespace {

QString textOf(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

/// Builds the tree from text that is known to be JSON. simdjson's On-Demand values are places in the text, which gives the lines.
class TreeBuilder
{
public:
    TreeBuilder(const QByteArray &bytes, const QString &file, LessonProblem *problem)
        : m_text(bytes.constData(), static_cast<std::size_t>(bytes.size()))
        , m_file(file)
        , m_problem(problem)
    {
    }

    std::optional<LocatedJson> build()
    {
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document;
        simdjson::ondemand::value root;
        LocatedJson tree;
        // A value of the whole document that is no object or list has no place here; no file of ours is one.
        simdjson::error_code error = parser.iterate(m_text).get(document);
        error = error ? error : document.get_value().get(root);
        if (error) {
            fail(1, LocatedJson::tr("an object in braces belongs here."));
            return std::nullopt;
        }
        return take(root, 1, &tree) ? std::optional(tree) : std::nullopt;
    }

private:
    bool fail(int line, const QString &sentence)
    {
        *m_problem = {m_file, line, sentence};
        return false;
    }

    bool failed(simdjson::error_code error, int line)
    {
        return !fail(line, LocatedJson::tr("this is no sound JSON: %1.").arg(QLatin1String(simdjson::error_message(error))));
    }

    /// Of a place in the text; places are asked for in their order.
    int lineAt(const char *place)
    {
        const auto offset = std::min(static_cast<std::size_t>(place - m_text.data()), m_text.size());
        if (offset > m_counted) {
            m_line += static_cast<int>(std::count(m_text.data() + m_counted, m_text.data() + offset, '\n'));
            m_counted = offset;
        }
        return m_line;
    }

    bool take(simdjson::ondemand::value value, int depth, LocatedJson *node)
    {
        using simdjson::ondemand::json_type;
        node->file = m_file;
        node->line = lineAt(value.raw_json_token().data());
        if (depth > LocatedJson::mostDepth)
            return fail(node->line, LocatedJson::tr("this is nested too deeply; %1 levels are enough.").arg(LocatedJson::mostDepth));
        json_type type{};
        if (const auto error = value.type().get(type))
            return !failed(error, node->line);
        simdjson::error_code error = simdjson::SUCCESS;
        std::string_view text;
        switch (type) {
        case json_type::array:
            node->type = LocatedJson::Type::List;
            return takeList(value, depth, node);
        case json_type::object:
            node->type = LocatedJson::Type::Object;
            return takeObject(value, depth, node);
        case json_type::number:
            node->type = LocatedJson::Type::Number;
            error = value.get_double().get(node->number);
            break;
        case json_type::string:
            node->type = LocatedJson::Type::Text;
            error = value.get_string().get(text);
            node->text = textOf(text);
            break;
        case json_type::boolean:
            node->type = LocatedJson::Type::Truth;
            error = value.get_bool().get(node->truth);
            break;
        case json_type::null:
            break;
        }
        return error == simdjson::SUCCESS || !failed(error, node->line);
    }

    bool takeList(simdjson::ondemand::value value, int depth, LocatedJson *node)
    {
        simdjson::ondemand::array list;
        if (const auto error = value.get_array().get(list))
            return !failed(error, node->line);
        for (auto item : list) {
            simdjson::ondemand::value content;
            if (const auto error = item.get(content))
                return !failed(error, m_line);
            if (!take(content, depth + 1, &node->items.emplace_back()))
                return false;
        }
        return true;
    }

    bool takeObject(simdjson::ondemand::value value, int depth, LocatedJson *node)
    {
        simdjson::ondemand::object object;
        if (const auto error = value.get_object().get(object))
            return !failed(error, node->line);
        QHash<QString, int> lines;
        for (auto field : object) {
            simdjson::ondemand::raw_json_string key;
            std::string_view name;
            simdjson::ondemand::value content;
            auto error = field.key().get(key);
            const int line = error ? m_line : lineAt(key.raw());
            error = error ? error : field.unescaped_key().get(name);
            const QString memberName = error ? QString() : textOf(name);
            error = error ? error : field.value().get(content);
            if (error)
                return !failed(error, line);
            if (const auto first = lines.constFind(memberName); first != lines.constEnd())
                return fail(line, LocatedJson::tr("'%1' is here a second time; the first is in line %2.").arg(memberName).arg(*first));
            lines.insert(memberName, line);
            node->members.push_back({memberName, line, {}});
            if (!take(content, depth + 1, &node->members.back().value))
                return false;
        }
        return true;
    }

    simdjson::padded_string m_text;
    QString m_file;
    LessonProblem *m_problem;
    std::size_t m_counted = 0;
    int m_line = 1; ///< of what was counted
};

} // namespace

const LocatedJson *LocatedJson::member(const QString &name) const
{
    const auto found = std::find_if(members.begin(), members.end(), [&](const Member &member) { return member.name == name; });
    return found == members.end() ? nullptr : &found->value;
}

LocatedJson *LocatedJson::member(const QString &name) { return const_cast<LocatedJson *>(std::as_const(*this).member(name)); }

QString LocatedJson::nameOf(Type type)
{
    switch (type) {
    case Type::Null:
        return tr("null");
    case Type::Truth:
        return tr("true or false");
    case Type::Number:
        return tr("a number");
    case Type::Text:
        return tr("a text in quotes");
    case Type::List:
        return tr("a list in brackets");
    case Type::Object:
        return tr("an object in braces");
    }
    return {};
}

std::optional<LocatedJson> LocatedJson::parse(const QByteArray &bytes, const QString &file, LessonProblem *problem)
{
    // Qt says where a text stops being JSON, and simdjson where its values are.
    QJsonParseError error;
    QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto end = bytes.begin() + std::clamp<qsizetype>(error.offset, 0, bytes.size());
        *problem = {file, static_cast<int>(std::count(bytes.begin(), end, '\n')) + 1,
            tr("this is no JSON: %1. Look here and at the line before for a missing comma, quote or bracket.").arg(error.errorString())};
        return std::nullopt;
    }
    return TreeBuilder(bytes, file, problem).build();
}

} // namespace loopscope

// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HandoutCommand.h"
#include "MainWindow.h"
#include "Screenshot.h"
#include "WalkExport.h"
#include "profile/ProfileView.h"
#include "servers/ServersView.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QTextStream>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace {

using loopscope::MainWindow;
using loopscope::ProfileView;
using loopscope::ScreenshotRequest;
using loopscope::Theme;
using loopscope::WalkExport;

[[noreturn]] void refuse(const QString &sentence)
{
    QTextStream(stderr) << QStringLiteral("loopscope-studio: ") << sentence << Qt::endl;
    std::exit(2);
}

/// Says what a person needs to know and no more: Qt's own words for a missing display are about plugins, and end in an abort; what it says
/// of the platform that draws pictures is no news.
void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type == QtFatalMsg && message.contains(QLatin1String("platform plugin")))
        refuse(QCoreApplication::translate("main",
            "there is no display to open a window on. Set DISPLAY or WAYLAND_DISPLAY, run the script without a window (loopscope run "
            "FILE), or"
            " take a picture of the window (loopscope studio FILE --screenshot picture.png)."));
    const bool isNoise = QByteArrayView(context.category).startsWith("qt.qpa") || message.startsWith(QLatin1String("QStandardPaths: XDG"))
        || message.startsWith(QLatin1String("This plugin does not support"));
    if (!isNoise)
        QTextStream(stderr) << message << Qt::endl;
}

QSize parseSize(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts.at(0).toInt(), parts.at(1).toInt()) : QSize();
    if (size.width() < 320 || size.height() < 240 || size.width() > 16384 || size.height() > 16384)
        refuse(QCoreApplication::translate("main", "--size wants WIDTHxHEIGHT in pixels, from 320x240, not \"%1\".").arg(text));
    return size;
}

Theme::Choice parseTheme(const QString &text)
{
    if (text == QLatin1String("light"))
        return Theme::Choice::Light;
    if (text == QLatin1String("dark"))
        return Theme::Choice::Dark;
    if (text != QLatin1String("system"))
        refuse(QCoreApplication::translate("main", "--theme is light, dark or system, not \"%1\".").arg(text));
    return Theme::Choice::FollowSystem;
}

void addOptions(QCommandLineParser &parser)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("main", text); };
    parser.setApplicationDescription(tr("Runs scripts on an instrumented Node event loop and steps them both ways."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("file"), tr("A script (.js, .mjs, .cjs, .ts) or a recording (.lscope)."), QStringLiteral("[FILE]"));
    parser.addOptions({
        {QStringLiteral("theme"), tr("light, dark or system."), QStringLiteral("theme")},
        {QStringLiteral("screenshot"), tr("Run FILE to its end, write a picture of the window and quit; needs no display."),
            QStringLiteral("picture.png")},
        {QStringLiteral("servers"), tr("Show the Servers workspace with a scenario, or with a preset by its name."),
            QStringLiteral("scenario.json")},
        {QStringLiteral("profile"), tr("Show the Profile workspace.")},
        {QStringLiteral("lessons"),
            tr("Show the Lessons workspace; FILE is a folder of lessons or a bundle (default: the course of Loopscope).")},
        {QStringLiteral("lesson"), tr("With --lessons: this lesson, by its folder's name."), QStringLiteral("name")},
        {QStringLiteral("step"), tr("With --lesson: this step."), QStringLiteral("id")},
        {QStringLiteral("handout"), tr("With --lessons: write a hand-out as PDF and quit; needs no display."), QStringLiteral("file.pdf")},
        {QStringLiteral("solutions"), tr("With --handout: with answers and solutions.")},
        {QStringLiteral("with"), tr("With --profile: what changed from FILE to this recording."), QStringLiteral("after.lscope")},
        {QStringLiteral("page"), tr("Page of the Profile workspace: %1.").arg(ProfileView::pageNames().join(QLatin1String(", "))),
            QStringLiteral("name")},
        {QStringLiteral("chart"),
            tr("With --screenshot: this of the Profile workspace alone: %1.").arg(ProfileView::chartNames().join(QLatin1String(", "))),
            QStringLiteral("name")},
        {QStringLiteral("follow"), tr("Request to follow in the Servers workspace."), QStringLiteral("N")},
        {QStringLiteral("size"), tr("Size of the picture."), QStringLiteral("WxH"), QStringLiteral("1440x900")},
        {QStringLiteral("cursor"), tr("Events to show applied in the picture."), QStringLiteral("N")},
        {QStringLiteral("zoom"), tr("Text size in percent, 60 to 300."), QStringLiteral("N"), QStringLiteral("100")},
        {QStringLiteral("export-walk"), tr("Run FILE to its end, and write a walk through it as an animation or as numbered pictures."),
            QStringLiteral("FOLDER|FILE.webp")},
        {QStringLiteral("from"), tr("Event at which the walk begins."), QStringLiteral("N"), QStringLiteral("0")},
        {QStringLiteral("to"), tr("Event at which it ends."), QStringLiteral("N")},
        {QStringLiteral("by"), tr("Steps of the walk: %1.").arg(WalkExport::stepNames().join(QLatin1String(", "))), QStringLiteral("step"),
            QStringLiteral("callback")},
        {QStringLiteral("frame-time"), tr("How long each picture of the animation stays."), QStringLiteral("ms"), QStringLiteral("1200")},
    });
}

quint64 parseNumber(const QCommandLineParser &parser, const QString &option, const QString &what)
{
    bool isNumber = false;
    const quint64 number = parser.value(option).toULongLong(&isNumber);
    if (!isNumber)
        refuse(QCoreApplication::translate("main", "--%1 wants %2, not \"%3\".").arg(option, what, parser.value(option)));
    return number;
}

void checkName(const QCommandLineParser &parser, const QString &option, const QStringList &names)
{
    if (parser.isSet(option) && !names.contains(parser.value(option)))
        refuse(QCoreApplication::translate("main", "--%1 is one of %2, not \"%3\".")
                   .arg(option, names.join(QLatin1String(", ")), parser.value(option)));
}

/// What is to be shown of the Profile workspace.
void readProfileOptions(const QCommandLineParser &parser, ScreenshotRequest &request)
{
    checkName(parser, QStringLiteral("page"), ProfileView::pageNames());
    checkName(parser, QStringLiteral("chart"), ProfileView::chartNames());
    request.page = parser.value(QStringLiteral("page"));
    request.chart = parser.value(QStringLiteral("chart"));
    request.with = parser.value(QStringLiteral("with"));
    request.showsProfile =
        parser.isSet(QStringLiteral("profile")) || !request.page.isEmpty() || !request.chart.isEmpty() || !request.with.isEmpty();
    if (request.chart == QLatin1String("difference") && request.with.isEmpty())
        refuse(QCoreApplication::translate("main", "--chart difference wants a second recording: --with AFTER.lscope."));
    if (!request.with.isEmpty() && request.file.isEmpty())
        refuse(QCoreApplication::translate(
            "main", "--with wants a recording to compare with before it: loopscope-studio BEFORE.lscope --with AFTER.lscope."));
}

/// What is to be shown of the Lessons workspace.
void readLessonOptions(const QCommandLineParser &parser, ScreenshotRequest &request)
{
    request.showsLessons =
        parser.isSet(QStringLiteral("lessons")) || parser.isSet(QStringLiteral("lesson")) || parser.isSet(QStringLiteral("handout"));
    request.lesson = parser.value(QStringLiteral("lesson"));
    request.step = parser.value(QStringLiteral("step"));
    if (!request.step.isEmpty() && request.lesson.isEmpty())
        refuse(QCoreApplication::translate("main", "--step wants the lesson that it belongs to: --lesson NAME --step ID."));
}

ScreenshotRequest screenshotRequest(const QCommandLineParser &parser, const QString &file)
{
    const QString events = QCoreApplication::translate("main", "a number of events");
    ScreenshotRequest request;
    request.imagePath = parser.value(QStringLiteral("screenshot"));
    request.walkTarget = parser.value(QStringLiteral("export-walk"));
    request.file = file;
    request.size = parseSize(parser.value(QStringLiteral("size")));
    readProfileOptions(parser, request);
    readLessonOptions(parser, request);
    request.servers = parser.value(QStringLiteral("servers"));
    if (parser.isSet(QStringLiteral("follow")))
        request.follow = static_cast<qint64>(
            parseNumber(parser, QStringLiteral("follow"), QCoreApplication::translate("main", "the number of a request")));
    if (parser.isSet(QStringLiteral("cursor")))
        request.cursor = parseNumber(parser, QStringLiteral("cursor"), events);
    if (!parser.isSet(QStringLiteral("export-walk")))
        return request;
    if (file.isEmpty() || parser.isSet(QStringLiteral("screenshot")))
        refuse(QCoreApplication::translate("main", "--export-walk wants a FILE to walk through, and no --screenshot beside it."));
    request.walk.from = parseNumber(parser, QStringLiteral("from"), events);
    request.walk.to =
        parser.isSet(QStringLiteral("to")) ? parseNumber(parser, QStringLiteral("to"), events) : std::numeric_limits<quint64>::max();
    if (request.walk.to < request.walk.from)
        refuse(QCoreApplication::translate("main", "--to lies before --from: a walk goes forward."));
    const auto step = WalkExport::stepNamed(parser.value(QStringLiteral("by")));
    if (!step)
        refuse(QCoreApplication::translate("main", "--by is one of %1, not \"%2\".")
                   .arg(WalkExport::stepNames().join(QLatin1String(", ")), parser.value(QStringLiteral("by"))));
    request.walk.step = *step;
    request.walk.pictureTime = static_cast<int>(std::clamp<quint64>(
        parseNumber(parser, QStringLiteral("frame-time"), QCoreApplication::translate("main", "a number of milliseconds")), 10, 60'000));
    return request;
}

/// Text size of the first start, in percent: a 4K screen that does not scale by itself would show it tiny.
int fittingZoom() { return QGuiApplication::primaryScreen()->availableGeometry().height() >= 1900 ? 150 : 100; }

} // namespace

int main(int argc, char **argv)
{
    // Pictures are taken, and help is given, without a display; that has to be known before Qt looks for one.
    const auto anyArgument = [&](auto matches) { return std::any_of(argv + 1, argv + argc, matches); };
    const bool wantsPicture = anyArgument([](QByteArrayView argument) {
        return argument.startsWith("--screenshot") || argument.startsWith("--export-walk") || argument.startsWith("--handout");
    });
    const bool wantsText = anyArgument([](QByteArrayView argument) {
        return argument == "--help" || argument == "-h" || argument == "--help-all" || argument == "--version" || argument == "-v";
    });
    if ((wantsPicture || wantsText) && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(handleMessage);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Loopscope"));
    QApplication::setApplicationName(QStringLiteral("Loopscope Studio"));
    QApplication::setApplicationVersion(QStringLiteral(LOOPSCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("loopscope-studio"));

    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1)
        refuse(QCoreApplication::translate("main", "one file at a time, please."));
    const QString file = files.value(0);

    Theme &theme = Theme::current();
    theme.install(application);
    if (parser.isSet(QStringLiteral("theme")))
        theme.setChoice(parseTheme(parser.value(QStringLiteral("theme"))));
    if (wantsPicture) {
        theme.setZoom(static_cast<int>(
            std::min<quint64>(300, parseNumber(parser, QStringLiteral("zoom"), QCoreApplication::translate("main", "a percentage")))));
        if (parser.isSet(QStringLiteral("handout")))
            return loopscope::writeHandout(file, parser.value(QStringLiteral("lesson")), parser.value(QStringLiteral("handout")),
                parser.isSet(QStringLiteral("solutions")));
        const ScreenshotRequest request = screenshotRequest(parser, file);
        MainWindow window(MainWindow::Memory::Forget);
        return loopscope::takeScreenshot(window, request);
    }
    const QSettings settings;
    if (!parser.isSet(QStringLiteral("theme")))
        theme.setChoice(static_cast<Theme::Choice>(std::clamp(settings.value(QStringLiteral("view/theme"), 0).toInt(), 0, 2)));
    theme.setZoom(parser.isSet(QStringLiteral("zoom")) ? static_cast<int>(std::min<quint64>(
                      300, parseNumber(parser, QStringLiteral("zoom"), QCoreApplication::translate("main", "a percentage"))))
                                                       : settings.value(QStringLiteral("view/zoom"), fittingZoom()).toInt());

    ScreenshotRequest shown;
    shown.file = file;
    readProfileOptions(parser, shown);
    readLessonOptions(parser, shown);
    MainWindow window;
    if (shown.showsLessons) {
        window.show();
        window.openLessons(file, shown.lesson, shown.step);
        return QApplication::exec();
    }
    if (!shown.with.isEmpty())
        window.openComparison(file, shown.with);
    else if (!file.isEmpty())
        window.openFile(file);
    window.show();
    if (const QString scenario = parser.value(QStringLiteral("servers")); !scenario.isEmpty()) {
        window.showServers();
        if (QFileInfo::exists(scenario))
            window.openScenario(scenario);
        else
            window.servers().openPreset(scenario);
        return QApplication::exec();
    }
    if (shown.showsProfile)
        window.showProfile();
    if (const auto page = ProfileView::pageNamed(shown.page))
        window.profile().showPage(*page);
    window.welcome(file);
    return QApplication::exec();
}

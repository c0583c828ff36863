//! The service system's rules, and the readings that settle what they leave open. The text breaks off in article 2,
//! "training requirements", after "trainers must": ZZC-22 marks the place and is no rule.

sanbao_kit::rules! {
    provisions {
        ZZC_02 = "ZZC-02": "培训内容" / "What training covers",
            "对目标用户进行软件功能培训，对最终用户讲解产品功能。" /
            "Target users are trained in the functions of the software; to end users the functions are explained.";
        ZZC_03 = "ZZC-03": "使用前培训" / "Training before use",
            "产品使用前进行功能和使用方法培训，讲解与实践相结合，并提供详细说明和操作手册。" /
            "Function and method are taught before the product is used, by lecture and practice, with detailed instructions and an operation manual.";
        ZZC_05 = "ZZC-05": "24小时服务热线" / "A 24-hour service line",
            "设24小时服务热线，用户随时可以联系，也可通过传真和电子邮件联系；解答操作和常见问题。" /
            "A service line answers questions on operation and common problems at any hour; fax and e-mail are open too.";
        ZZC_07 = "ZZC-07": "24小时内答复" / "Reply within 24 hours",
            "不能当场解决的技术问题，记录联系人和电话，并在24小时内答复。" /
            "A technical problem that cannot be solved at once: contact person and telephone are recorded, and the user has a reply within 24 hours.",
            on [CallUnresolved];
        ZZC_08 = "ZZC-08": "安排现场服务" / "On-site service is arranged",
            "电话无法解决的问题，记录联系人和电话，并尽快安排现场服务。" /
            "For a problem that cannot be solved by phone, contact and telephone are recorded and on-site service is arranged promptly.",
            on [CallUnresolved];
        ZZC_09 = "ZZC-09": "约定上门时间" / "Fixing a time",
            "接到服务报告后，及时与用户联系，约定上门时间。" /
            "On receiving the service report, staff contact the user promptly and fix a time.";
        ZZC_13 = "ZZC-13": "现场未能解决" / "Unsolved on site",
            "现场不能解决的，详细记录故障，或将设备带回公司研究后再次上门。" /
            "What cannot be solved on site is recorded in detail, or the equipment is taken to the company, studied, and the user visited again.",
            on [Arrived];
        ZZC_17 = "ZZC-17": "先电话后现场" / "Phone first, then on site",
            "先通过电话、传真或电子邮件解决，无法解决的再到现场。" /
            "Phone, fax and e-mail come first; staff go on site only for what these cannot solve.";
        ZZC_18 = "ZZC-18": "培训人员资格" / "Who may train",
            "培训人员须具备机电类专业大专以上学历、两年以上行业经验、产品调试和使用知识以及沟通能力。" /
            "Trainers hold a college diploma or above in an electromechanical subject, have at least 2 years in the industry, know how to set up and use the product, and communicate well.";
    }
    readings {
        ZZC_R1 = "ZZC-R1": "培训期限" / "How soon training is held",
            "“使用前”没有天数：自安装或申请培训之日起，按公司设定的天数内完成，未设定的为七天。" /
            "\"Before use\" names no figure: training is held within the days that the company chooses, 7 unless it says otherwise, from installation or from the request.";
        ZZC_R2 = "ZZC-R2": "首次答复期限" / "The first answer",
            "热线随时接听；未能当场答复的来电、传真和电子邮件，同样在24小时内答复。" /
            "The line answers at any time; what it does not answer on the spot, and what comes by fax or e-mail, has its answer within the same 24 hours.";
        ZZC_R3 = "ZZC-R3": "由哪个部门安排现场服务" / "Which department arranges visits",
            "一处写客户服务部，一处写项目部；以规定电话服务的后者为准，公司可另行选择。" /
            "One passage names the customer service department, another the project department: the latter, which regulates this very step, unless the company chooses otherwise.";
        ZZC_R4 = "ZZC-R4": "“尽快”“及时”的期限" / "How soon is promptly",
            "“尽快”“及时”按全文唯一的期限24小时执行。" /
            "\"Promptly\" is within 24 hours, the only time limit that the text knows.";
        ZZC_R5 = "ZZC-R5": "其他审批" / "Other approvals",
            "退换、领料、收费和费用报销没有规定审批人：由安排现场服务的部门审批。" /
            "Nobody is named who approves replacements, parts, charges and expenses: the department that arranges visits does.";
        ZZC_R6 = "ZZC-R6": "未经培训的用户" / "Users who were not trained",
            "未经培训的用户提出问题时，先补训；安装后未说明是否培训的，视为未培训。" /
            "A user who reports a problem untrained is trained as well; after an installation, a user of whom nothing is stated counts as untrained.";
    }
    conduct {
        ZZC_01 = "ZZC-01": "宗旨" / "Purpose",
            "服务对象为机电产品及其用户；热情、周到、诚信、及时；用户至上、质量第一。" /
            "Electromechanical products and their users are served warmly, thoroughly, honestly and in time; user first, quality first.";
        ZZC_04 = "ZZC-04": "培训人员行为" / "How trainers behave",
            "仪表整洁、谈吐得体；熟悉操作并能讲解；佩戴胸牌、着工作服；声音洪亮、语速适中、不遗漏内容；离开时交代同事；礼貌作答，不知道的不搪塞。" /
            "Trainers are presentable and articulate, know the operation and can explain it, wear badge and uniform, speak loudly and measured and omit nothing, hand over before they leave, answer politely, and do not fob anybody off.",
            on [TrainingHeld];
        ZZC_06 = "ZZC-06": "电话人员行为" / "How phone staff behave",
            "24小时提供咨询；问清答全；表达清楚、有礼貌；熟悉产品；不推诿；非本产品问题礼貌说明；记录真实完整；不争辩；坚守岗位；不打断用户。" /
            "Phone staff ask and answer fully, clearly and politely, know the product, never ignore or pass the buck, explain politely what is not this product's problem, record truly and completely, do not argue or interrupt, and stay at their post.",
            on [Opened, Replied];
        ZZC_10 = "ZZC-10": "准备工具" / "Tools", "上门前准备好工具。" / "Tools are prepared before the visit.",
            on [Dispatched];
        ZZC_11 = "ZZC-11": "准时到达" / "On time",
            "除不可抗力外，按约定时间准时到达。" / "Staff arrive at the time agreed, force majeure excepted.",
            on [Dispatched];
        ZZC_12 = "ZZC-12": "核实问题" / "Verifying the problem",
            "核实电话记录的问题，并根据实际情况调整。" /
            "The problem recorded by phone is verified, and the work adjusted to the facts.",
            on [Arrived];
        ZZC_14 = "ZZC-14": "现场服务记录" / "On-site service record",
            "协助用户填写现场服务记录。" / "Staff help the user to fill in the on-site service record.",
            on [Completed, Serviced];
        ZZC_15 = "ZZC-15": "不逗留" / "No lingering",
            "问题解决后及时返回或继续工作，不在用户处逗留。" /
            "When the problem is solved, staff return or go on with their work and do not linger.",
            on [Completed, Serviced];
        ZZC_16 = "ZZC-16": "耐心细致" / "Care and patience",
            "工作细致、耐心，不与用户争执。" / "Staff are careful and patient and do not dispute with the user.",
            on [Arrived];
        ZZC_19 = "ZZC-19": "电话人员资格" / "Who may answer the line",
            "机电类专业大专以上学历；身体健康、口齿清楚、发音标准；了解产品和公司制度。" /
            "Phone staff hold the same diploma, are healthy, articulate and of standard pronunciation, and know the product and the company's rules.",
            on [Opened];
        ZZC_20 = "ZZC-20": "现场人员资格" / "Who may go on site",
            "机电类专业大专以上学历；有动手和沟通能力；了解产品和公司制度。" /
            "On-site staff hold the same diploma, are able with their hands and in talking, and know the product and the company's rules.",
            on [Dispatched];
        ZZC_21 = "ZZC-21": "服务规范" / "Service norm",
            "不耽误任何用户的工作；员工团结互敬。" /
            "No user's work is ever delayed; staff stand together and respect each other.",
            on [Opened];
    }
}

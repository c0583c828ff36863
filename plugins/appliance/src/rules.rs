//! The practice of an appliance maker as it was described to others, and the readings that make rules of it.
//! HAI-05, 06, 07 and 11 are statistics and opinions: nothing to declare.

sanbao_kit::rules! {
    provisions {
        HAI_01 = "HAI-01": "售后服务" / "After-sales service",
            "售后服务是厂家在销售后提供的有偿或无偿服务，包括安装和使用中的调试维护、技术与质量咨询、沟通和回访，以顾客满意度衡量。" /
            "After-sales service is what the maker does after the sale, paid or free: commissioning and maintenance, consultation, communication and follow-up visits. The customer's satisfaction measures it.";
        HAI_02 = "HAI-02": "免费送货、安装、咨询和服务" / "Free delivery, installation, consultation and service",
            "凡购买空调的顾客，均享受免费送货、安装、咨询和服务。" /
            "Whoever buys an air-conditioner has delivery, installation, consultation and service free of charge.";
        HAI_03 = "HAI-03": "安装后一个月内回访两次" / "Two follow-up visits within a month",
            "安装后一个月内回访两次。" / "The customer is visited twice within one month of the installation.";
        HAI_04 = "HAI-04": "零烦恼" / "Zero trouble",
            "回访是为了确保每台机器安装到位、运转正常，让顾客零烦恼。" /
            "The visits are to make sure that every unit is in place and works normally: zero trouble for the customer.";
        HAI_08 = "HAI-08": "区分原因" / "Causes are told apart",
            "须区分顾客使用不当、电压不稳和企业失误等原因。" /
            "Misuse by the customer, unstable voltage and the company's own error are told apart.";
    }
    readings {
        HAI_R1 = "HAI-R1": "免费服务的期限" / "How long service is free",
            "“免费服务”没有写明期限：自安装之日（没有安装的，自购买之日）起，按厂家设定的月数计算，未设定的为12个月。" /
            "\"Free service\" names no end: it lasts for the months that the maker chooses, 12 unless it says otherwise, from the installation, or from the sale where nothing was installed.";
        HAI_R2 = "HAI-R2": "两次回访的间隔" / "How the two visits are spaced",
            "第一次回访在安装后两周内，第二次在两周后、一个月内。" /
            "The first visit is within 2 weeks of the installation, the second after 2 weeks and within 1 month.";
        HAI_R3 = "HAI-R3": "不同原因的处理" / "What follows from the cause",
            "企业失误和正常磨损免费维修；使用不当和电压不稳造成的，免费咨询、收费维修。" /
            "The company's error and ordinary wear are repaired free; what misuse or voltage did is explained free and repaired for a fee.";
        HAI_R4 = "HAI-R4": "收费维修的办理" / "How charged repairs go",
            "收费维修先报价、经顾客同意，完工后收费。" /
            "Charged repairs are quoted and agreed to first, and paid for when the work is done.";
        HAI_R5 = "HAI-R5": "原因未明视为企业失误" / "An unknown cause counts as the company's",
            "原因未查明的，先按企业失误免费处理，待检查后确认。" /
            "As long as the cause has not been found, a fault counts as the company's error, subject to inspection.";
    }
    conduct {
        HAI_09 = "HAI-09": "改进与监督" / "Improvement and monitoring",
            "不断改进制度、内容、程序和管理，严格监督服务质量。" /
            "System, content, procedure and management are improved, and the quality of service strictly monitored.";
        HAI_10 = "HAI-10": "使用指导" / "Teaching prevents misuse",
            "高技术商品增加使用培训，交付说明书，防止使用不当。" /
            "For high-tech goods the use is taught and the manual handed over, so that nothing is misused.",
            on [Installed];
    }
}
